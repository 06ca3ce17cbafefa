import { toHexadecimal } from '../../../at/parameters.js';
import type { Cell } from '../../../modem/module-kind.js';
import { type Meaning, meaningOf, messageWords, payloadWords, urcMeaning } from '../../words.js';
import { EXTEND_OK } from '../codes.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  type ConnectState,
  DISCONNECT,
  OPEN,
} from '../connection-commands.js';
import {
  closeFailure,
  connectFailure,
  disconnectFailure,
  openFailure,
  publishFailure,
  statusFailure,
  subscribeFailure,
  unsubscribeFailure,
} from '../failures.js';
import {
  PUBLISH,
  type PublishRequest,
  READ,
  SUBSCRIBE_UNSUBSCRIBE,
  type SubscribeRequest,
} from '../message-commands.js';
import { ANNOUNCED_MESSAGE, messageUrc, SESSION_STATUS } from '../messages.js';
import type { MessageResult } from '../results.js';
import {
  CLOUD_ALIBABA,
  CLOUD_JSON,
  CLOUD_PLAIN,
  isNoTriple,
  type SettingValues,
  type WireFormat,
} from '../settings.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../vendor-commands.js';

/** What the module says of its session. */
export const STATES: Readonly<Record<ConnectState, string>> = {
  1: 'initialising, no session',
  2: 'connecting',
  3: 'connected',
  4: 'disconnecting',
};

/** The commands of lmqtt.md 2 to 7 that are no others' as well. */
export const MEANINGS: readonly Meaning[] = [
  meaningOf(CELLS, { asks: () => 'which cells are heard?', answers: cellWords }),
  meaningOf(FIRMWARE, { asks: () => 'firmware?', answers: () => 'firmware' }),
  meaningOf(ICCID, { asks: () => 'ICCID?', answers: () => 'ICCID, the SIM card' }),
  meaningOf(SIM_SLOT, { asks: () => 'which SIM slot?', answers: ({ slot }) => `slot ${slot}` }),
  meaningOf(SELECT_SIM_SLOT, { asks: ({ slot }) => `use SIM slot ${slot}` }),
  meaningOf(POWER_OFF, { asks: () => 'switch off' }),

  meaningOf(CONFIG, { asks: settingWords }),
  meaningOf(CONFIG_QUERY, { asks: ({ key }) => `what is ${key} set to?`, answers: settingWords }),
  meaningOf(OPEN, {
    asks: ({ host, port }) => `open a connection to ${host}:${port}`,
    answers: (result) => openFailure(result)?.message ?? 'the connection is open',
  }),
  meaningOf(CONNECT_STATE, { asks: () => 'state of the session?', answers: ({ state }) => STATES[state] }),
  meaningOf(CONNECT, {
    asks: ({ clientId, username }) =>
      `connect as ${clientId}${username === undefined ? '' : `, user ${username}`}`,
    answers: (result) => connectFailure(result)?.message ?? 'connected: the broker accepted the session',
  }),
  meaningOf(SUBSCRIBE_UNSUBSCRIBE, {
    asks: ({ action, topics }) =>
      `${action} ${topics.map(({ topic, qos }) => (action === 'subscribe' ? `${topic} (QoS ${qos})` : topic)).join(', ')}`,
    answers: subscribeWords,
  }),
  meaningOf(PUBLISH, { asks: publishWords, answers: publishedWords }),
  meaningOf(READ, { asks: ({ messageId }) => `fetch message ${messageId}`, answers: messageWords }),
  meaningOf(DISCONNECT, {
    asks: () => 'disconnect',
    answers: (result) => disconnectFailure(result)?.message ?? 'disconnected',
  }),
  meaningOf(CLOSE, {
    asks: () => 'close the connection, forget all settings',
    answers: (result) => closeFailure(result)?.message ?? 'closed, all settings are forgotten',
  }),
];

/** What comes unasked. The forms of a downlink are tried from the strictest on: a counted one needs its payload. */
export const UNASKED: readonly Meaning[] = [
  urcMeaning(messageUrc('counted'), messageWords),
  urcMeaning(ANNOUNCED_MESSAGE, ({ messageId }) => `message ${messageId} waits in the module`),
  urcMeaning(messageUrc('line'), messageWords),
  urcMeaning(SESSION_STATUS, (status) => statusFailure(status)?.message ?? 'the session is in order'),
];

/** A downlink while `recv/mode` is hex: it looks like a line of text otherwise. */
export const HEX_MEANING: Meaning = urcMeaning(messageUrc('hex'), messageWords);

function publishWords({ topic, qos, retain, payload, form, length }: PublishRequest): string {
  const head = `publish to ${topic}, QoS ${qos}${retain ? ', retained' : ''}`;
  return `${head}: ${form === 'data' ? `${length ?? payload.length} bytes follow` : payloadWords(payload)}`;
}

function publishedWords(result: MessageResult, request: PublishRequest | undefined): string {
  const sent = { 0: 'sent', 1: 'sent and acknowledged', 2: 'sent and acknowledged' };
  const done = request === undefined ? 'sent, and acknowledged if its QoS is above 0' : sent[request.qos];
  return `message ${result.messageId}: ${publishFailure(withoutOk(result))?.message ?? done}`;
}

function subscribeWords(
  result: { readonly result: number; readonly extend?: number },
  request: SubscribeRequest | undefined,
): string {
  const failure = request?.action === 'unsubscribe' ? unsubscribeFailure : subscribeFailure;
  return failure(withoutOk(result))?.message ?? (request === undefined ? 'done' : `${request.action}d`);
}

/** `<extend>` 1 says that nothing is wrong: lmqtt.md 4 [T]. */
function withoutOk<T extends { readonly extend?: number }>(result: T): T {
  const { extend, ...rest } = result;
  return extend === EXTEND_OK ? (rest as T) : result;
}

const FORMATS: Readonly<Record<WireFormat, string>> = { 0: 'text', 1: 'a string as hex', 2: 'hex text' };

/** A setting of LMQTTCFG in words; the secret of a triple is not among them. */
export function settingWords(setting: SettingValues): string {
  switch (setting.key) {
    case 'keepalive':
      return setting.seconds === 0 ? 'no keepalive' : `keepalive ${setting.seconds} s`;
    case 'session':
      return setting.clean ? 'clean session' : 'the broker keeps the session';
    case 'timeout':
      return `packets are repeated ${setting.retries} times, ${setting.packetTimeout} s apart`;
    case 'version':
      return setting.version === 3 ? 'MQTT 3.1' : 'MQTT 3.1.1';
    case 'will':
      return setting.will === null ? 'no will' : `will on ${setting.will.topic}, QoS ${setting.will.qos}`;
    case 'cache':
      return setting.announceOnly ? 'messages are only announced' : 'messages are carried by RECV';
    case 'dataformat':
      return `payloads go out as ${FORMATS[setting.send]}, come as ${FORMATS[setting.receive]}`;
    case 'send/mode':
      return `payloads go out as ${FORMATS[setting.format]}`;
    case 'recv/mode':
      return `payloads come as ${FORMATS[setting.format]}${setting.showLength ? ', with their length' : ''}`;
    case 'urc':
      return `result URCs ${setting.enabled ? 'on' : 'off'}`;
    case 'raimode':
      return `release assistance ${setting.mode}`;
    case 'sslenable':
      return setting.enabled ? `TLS on, context ${setting.context}` : 'TLS off';
    case 'cloud':
      return cloudWords(setting.type, setting.dataType);
    case 'aliauth':
      return isNoTriple(setting)
        ? 'no triple'
        : `device ${setting.deviceName} of product ${setting.productKey}`;
  }
}

function cloudWords(type: number, dataType: number): string {
  if (type === CLOUD_PLAIN) return 'no cloud, the login is that of LMQTTCONN';
  const cloud = type === CLOUD_ALIBABA ? 'Alibaba Cloud, the module signs its login' : `cloud type ${type}`;
  return `${cloud}, ${dataType === CLOUD_JSON ? 'JSON' : `data type ${dataType}`}`;
}

function cellWords(cells: readonly Cell[]): string {
  return cells
    .map(({ kind, technology, mcc, mnc, cell, rsrp, rsrq, snr }) =>
      [
        `${kind} cell${cell === undefined ? '' : ` ${toHexadecimal(cell)}`} of network ${mcc}-${mnc}, ${technology}`,
        ...(rsrp === undefined ? [] : [`RSRP ${rsrp} dBm`]),
        ...(rsrq === undefined ? [] : [`RSRQ ${rsrq} dB`]),
        ...(snr === undefined ? [] : [`SNR ${snr} dB`]),
      ].join(', '),
    )
    .join('; ');
}
