import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../../../at/commands/lierda.js';
import type { CountedHeader } from '../../../at/line.js';
import type { DialectWords, DownlinkShape } from '../../words.js';
import { CONFIG, CONNECT_STATE, type ConnectState } from '../connection-commands.js';
import { COMMANDS, URCS } from '../declarations.js';
import { commandLineEnd, PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../message-commands.js';
import { COUNTED_MESSAGE } from '../messages.js';
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
  commands: [SIM_SLOT, SELECT_SIM_SLOT, CELLS, FIRMWARE, ICCID, POWER_OFF, ...COMMANDS],
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
  },
};
