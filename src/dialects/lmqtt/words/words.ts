import type { CountedHeader } from '../../../at/line.js';
import type { DialectWords, DownlinkShape, ProfileWords } from '../../words.js';
import { OPEN_REASONS, SESSION_STATES } from '../codes.js';
import { CONFIG, CONNECT_STATE, CONNECTED, type ConnectState } from '../connection-commands.js';
import { COMMANDS, URCS, VENDOR_COMMANDS } from '../declarations.js';
import { commandLineEnd, PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../message-commands.js';
import { COUNTED_MESSAGE } from '../messages.js';
import { PROFILES, type Profile } from '../profiles.js';
import { MISSPELT_UNSUBSCRIBE_RESULT, SUBSCRIBE_RESULT } from '../results.js';
import { MQTT_HELP, SETTING_NAMES, VENDOR_HELP } from './help.js';
import { HEX_MEANING, MEANINGS, STATES, UNASKED } from './meanings.js';

const counted = (...headers: (CountedHeader | undefined)[]): CountedHeader[] =>
  headers.filter((header) => header !== undefined);

const COUNTED: DownlinkShape = {
  counted: counted(READ.response?.counted, COUNTED_MESSAGE.counted),
  meanings: [],
};
const LINES: DownlinkShape = { counted: counted(READ.response?.counted), meanings: [] };
const HEX: DownlinkShape = { ...LINES, meanings: [HEX_MEANING] };

/** A result URC and its command carry the same: name and, with a message, its id. */
const RESULT = /^(?:AT)?(\+LMQTT(?:OPEN|CLOSE|CONN|DISC|PUB|SUBUNSUB))(?:=|: )\d+(.*)$/;

/** What the result URCs have in common. */
interface ResultFields {
  readonly result: number;
  readonly returnCode?: number;
}

/** What console, traces and doctor say about LMQTT and the commands of Lierda. */
export const LMQTT_WORDS: DialectWords = {
  commands: [...VENDOR_COMMANDS, ...COMMANDS],
  urcs: URCS,
  meanings: MEANINGS,
  unasked: UNASKED,
  downlinks: COUNTED,
  downlinksAfter: (line) => {
    const setting = CONFIG.request.parse(line);
    if (setting?.key !== 'recv/mode') return undefined;
    if (setting.format !== 0) return HEX;
    return setting.showLength ? COUNTED : LINES;
  },
  lineEnd: commandLineEnd,
  resultKey: (text) => {
    const plain = text.replace(MISSPELT_UNSUBSCRIBE_RESULT, SUBSCRIBE_RESULT);
    const [, name, rest = ''] = RESULT.exec(plain) ?? [];
    if (name === undefined || (name !== PUBLISH.name && name !== SUBSCRIBE_RESULT)) return name;
    const request = PUBLISH.request.parse(text) ?? SUBSCRIBE_UNSUBSCRIBE.request.parse(text);
    return `${name} ${request?.messageId ?? /^,(\d+)/.exec(rest)?.[1]}`;
  },
  // `<ret_code>` 0 where there is one, else `<result>` 0: lmqtt.md 3 to 5 [M].
  isSuccess: (value) => {
    const { result, returnCode = result } = value as ResultFields;
    return returnCode === 0;
  },
  help: [...VENDOR_HELP, ...MQTT_HELP],
  complete: (line) => {
    const key = /^AT\+LMQTTCFG="([^"]*)$/i.exec(line)?.[1];
    return key === undefined ? undefined : [SETTING_NAMES.map((name) => `${name}",`), key];
  },
  example: 'AT+LMQTTOPEN',
  sessionState: {
    command: CONNECT_STATE,
    words: (value) => STATES[(value as { readonly state: ConnectState }).state],
    isConnected: (value) => (value as { readonly state: ConnectState }).state === CONNECTED,
  },
  obstacleOf: ({ code, result, extend, message }) => {
    const byStatus = result === SESSION_STATES.DNS.value && message.includes(SESSION_STATES.DNS.text);
    if (extend === OPEN_REASONS.DNS.value || byStatus) return 'name';
    return code === 'OPEN_FAILED' && extend === OPEN_REASONS.PDP.value ? 'pdp' : undefined;
  },
  leftBehind: {
    sslenable:
      'TLS is still on in the module, set by an earlier program: the module refused to switch it off (AT+LMQTTCFG="sslenable",0,0,0)',
    cloud:
      'the module still signs its login with a triple of an earlier program: it refused to be told otherwise (AT+LMQTTCFG="cloud",0,0,0)',
  },
  simSlots: { query: 'AT+LUIMSLOT?', select: 'AT+CFUN=0, AT+LUIMSLOT=2, AT+CFUN=1' },
  profiles: { nt26: profileWords(PROFILES.nt26), nt35e: profileWords(PROFILES.nt35e) },
  unknownModule: {
    cause: 'it may have the LMQTT commands all the same, with other limits, or no MQTT of its own',
    next: 'AT+LMQTTCONN? tells whether the commands are there: anything but ERROR is a good sign [A]',
  },
};

function profileWords({ inlineLimit, payloadLimit, zeroMessageIdForQos0 }: Profile): ProfileWords {
  const limits = `${inlineLimit} bytes inline, ${payloadLimit} in data mode`;
  return {
    limits,
    assumed: `${limits}, QoS 0 with message id ${zeroMessageIdForQos0 ? '0' : '1 to 65535'}`,
    facts: { inline: inlineLimit, payload: payloadLimit },
  };
}
