import { type CommandHelp, commandHelp, type FieldHelp } from '../../words.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  DISCONNECT,
  OPEN,
} from '../connection-commands.js';
import {
  MAX_CLIENT_ID,
  MAX_CONNECTION_ID,
  MAX_HOST,
  MAX_KEEPALIVE,
  MAX_MESSAGE_ID,
  MAX_PASSWORD,
  MAX_PAYLOAD,
  MAX_TOPIC,
  MAX_TOPICS_PER_COMMAND,
  MAX_TRIPLE_FIELD,
  MAX_USERNAME,
  MAX_WILL_MESSAGE,
} from '../limits.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../message-commands.js';
import { PROFILES } from '../profiles.js';
import type { SettingKey } from '../settings.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../vendor-commands.js';

const ID: FieldHelp = ['id', `0–${MAX_CONNECTION_ID}; the firmware of today serves 0 only [M]`];
const MESSAGE_ID: FieldHelp = ['msgID', `1–${MAX_MESSAGE_ID} [M]`];
const TOPIC: FieldHelp = ['topic', `1–${MAX_TOPIC} bytes`];
const INLINE = Object.values(PROFILES)
  .map(({ name, inlineLimit }) => `${inlineLimit} on ${name}`)
  .join(', ');

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
const SETTING_FIELDS: readonly FieldHelp[] = Object.entries(VALUES).map(([key, values]) => [
  `"${key}"`,
  values,
]);

export const SETTING_NAMES = Object.keys(VALUES) as readonly SettingKey[];

/** The commands of lmqtt.md 2 to 6. */
export const MQTT_HELP: readonly CommandHelp[] = [
  commandHelp(CONFIG, {
    about: 'a setting; before AT+LMQTTOPEN, forgotten at AT+LMQTTCLOSE',
    syntax: 'AT+LMQTTCFG="<key>",<id>,<values>',
    example: 'AT+LMQTTCFG="keepalive",0,60',
    fields: [['key', 'one of those below, with its values'], ID, ...SETTING_FIELDS],
    source: 'lmqtt.md 2 [M]',
  }),
  commandHelp(CONFIG_QUERY, {
    about: 'what is a setting set to?',
    syntax: 'AT+LMQTTCFG="<key>",<id>',
    example: 'AT+LMQTTCFG="keepalive",0',
    fields: [ID],
    source: 'lmqtt.md 2 [A, from the sister dialect]',
  }),
  commandHelp(OPEN, {
    about: 'open TCP or TLS to the broker',
    syntax: 'AT+LMQTTOPEN=<id>,"<host>",<port>',
    example: 'AT+LMQTTOPEN=0,"broker.example",1883',
    fields: [ID, ['host', `name or address, 1–${MAX_HOST} bytes`], ['port', '1–65535']],
    source: 'lmqtt.md 3 [M]',
  }),
  commandHelp(CONNECT, {
    about: 'start the MQTT session',
    syntax: 'AT+LMQTTCONN=<id>,"<clientID>"[,"<user>"[,"<password>"]]',
    example: 'AT+LMQTTCONN=0,"meter-7"',
    fields: [
      ID,
      ['clientID', `1–${MAX_CLIENT_ID} bytes`],
      ['user', `1–${MAX_USERNAME} bytes`],
      ['password', `0–${MAX_PASSWORD} bytes [A]; only with a user`],
    ],
    source: 'lmqtt.md 3 [M]',
  }),
  commandHelp(CONNECT_STATE, {
    about: 'state of the session',
    syntax: 'AT+LMQTTCONN?',
    example: 'AT+LMQTTCONN?',
    source: 'lmqtt.md 3 [M]',
  }),
  commandHelp(SUBSCRIBE_UNSUBSCRIBE, {
    about: 'subscribe and unsubscribe',
    syntax: 'AT+LMQTTSUBUNSUB=<id>,<subflag>,<msgID>,"<topic>",<qos>[,…]',
    example: 'AT+LMQTTSUBUNSUB=0,0,1,"cmd/#",1',
    fields: [
      ID,
      ['subflag', '0 subscribe, 1 unsubscribe'],
      MESSAGE_ID,
      ['topic', `filter, 1–${MAX_TOPIC} bytes; up to ${MAX_TOPICS_PER_COMMAND} with their QoS [A]`],
      ['qos', '0, 1 or 2; unsubscribing carries one as well [T]'],
    ],
    source: 'lmqtt.md 4 [M]',
  }),
  commandHelp(PUBLISH, {
    about: 'publish; without "<payload>" the module prompts and takes <len> bytes',
    syntax: 'AT+LMQTTPUB=<id>,<msgID>,<qos>,<retain>,"<topic>",<len>[,"<payload>"]',
    example: 'AT+LMQTTPUB=0,1,1,0,"up/meter-7",5,"hello"',
    fields: [
      ID,
      ['msgID', `1–${MAX_MESSAGE_ID}; 0 only with QoS 0 [T]`],
      ['qos', '0, 1 or 2'],
      ['retain', '0 or 1'],
      TOPIC,
      ['len', `bytes of the payload, at most ${MAX_PAYLOAD}`],
      ['payload', `without control characters, at most ${INLINE}`],
    ],
    source: 'lmqtt.md 5 [M]',
  }),
  commandHelp(READ, {
    about: 'fetch a message that waits in the module ("cache" 1)',
    syntax: 'AT+LMQTTREAD=<id>,<msgID>',
    example: 'AT+LMQTTREAD=0,1',
    fields: [ID, ['msgID', 'as the URC told it']],
    source: 'lmqtt.md 6 [A]',
  }),
  commandHelp(DISCONNECT, {
    about: 'end the MQTT session',
    syntax: 'AT+LMQTTDISC=<id>',
    example: 'AT+LMQTTDISC=0',
    fields: [ID],
    source: 'lmqtt.md 3 [M]',
  }),
  commandHelp(CLOSE, {
    about: 'close the connection, forget every setting',
    syntax: 'AT+LMQTTCLOSE=<id>',
    example: 'AT+LMQTTCLOSE=0',
    fields: [ID],
    source: 'lmqtt.md 3 [M], settings [T]',
  }),
];

/** Lierda's own commands that are not for MQTT. */
export const VENDOR_HELP: readonly CommandHelp[] = [
  commandHelp(FIRMWARE, {
    about: 'full name of the firmware',
    syntax: 'AT+LGMR',
    example: 'AT+LGMR',
    source: 'lmqtt.md 7 [C]',
  }),
  commandHelp(ICCID, {
    about: 'ICCID, the SIM card',
    syntax: 'AT+LCCID',
    example: 'AT+LCCID',
    source: 'lmqtt.md 7 [C]',
  }),
  commandHelp(SIM_SLOT, {
    about: 'which SIM slot?',
    syntax: 'AT+LUIMSLOT?',
    example: 'AT+LUIMSLOT?',
    source: 'lmqtt.md 7 [C], the answer [A]',
  }),
  commandHelp(SELECT_SIM_SLOT, {
    about: 'use a SIM slot; between AT+CFUN=0 and AT+CFUN=1',
    syntax: 'AT+LUIMSLOT=<slot>',
    example: 'AT+LUIMSLOT=2',
    fields: [['slot', '1 or 2']],
    source: 'lmqtt.md 7 [C]',
  }),
  commandHelp(CELLS, {
    about: 'serving cell and its neighbours',
    syntax: 'AT+LCELL?',
    example: 'AT+LCELL?',
    source: 'lmqtt.md 7 [C], the first two fields [A]',
  }),
  commandHelp(POWER_OFF, {
    about: 'switch off',
    syntax: 'AT+MPOF=1',
    example: 'AT+MPOF=1',
    source: 'lmqtt.md 7 [C]',
  }),
];
