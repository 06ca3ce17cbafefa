import { MAX_KEEPALIVE, MAX_TRIPLE_FIELD, MAX_WILL_MESSAGE } from '../../../dialects/lmqtt/limits.js';
import type { SettingKey } from '../../../dialects/lmqtt/settings/settings.js';
import type { FieldHelp } from './command-help.js';

/** The values behind `<id>` for each key of `LMQTTCFG`: lmqtt.md 2. */
const VALUES: Readonly<Record<SettingKey, string>> = {
  keepalive: `<seconds>: 0–${MAX_KEEPALIVE}, 0 never, default 120 [M]`,
  session: '<clean>: 0 the broker keeps the session (default), 1 it forgets it [M]',
  timeout: '<seconds>,<retries>,<notice>: 1–60, 0–10, 0 or 1 [C, ranges A]',
  version: '<version>: 3 MQTT 3.1, 4 MQTT 3.1.1 [C]',
  will: `<flag>[,<qos>,<retain>,"<topic>","<message>"]: flag 0 none; message up to ${MAX_WILL_MESSAGE} bytes [M]`,
  cache: '<announce>: 0 RECV carries messages, 1 they wait for AT+LMQTTREAD [M]',
  dataformat: '<send>,<receive>: 0 text, 1 string as hex, 2 hex text [M, numbers A]',
  'send/mode': '<format>: 0 text, 1 string as hex, 2 hex text [M]',
  'recv/mode': '<format>,<length>: format as send/mode; length 1: it stands before the payload [M]',
  urc: '<on>: 0 or 1, result URCs [T]',
  raimode: '<mode>: 0–2, fast release of the radio [M, range A]',
  sslenable: '<on>,<context>: 0 or 1, TLS context 0–5 [M]',
  cloud: '<type>,<data type>: 2,1 is Alibaba Cloud with JSON [M]',
  aliauth: `"<ProductKey>","<DeviceName>","<DeviceSecret>": 1–${MAX_TRIPLE_FIELD} bytes each [M, lengths A]`,
};

/** Every key with its values. */
export const SETTING_FIELDS: readonly FieldHelp[] = Object.entries(VALUES).map(([key, values]) => [
  `"${key}"`,
  values,
]);

export const SETTING_NAMES = Object.keys(VALUES) as readonly SettingKey[];
