import { CLOSE } from '../../../dialects/lmqtt/commands/close.js';
import { CONFIG } from '../../../dialects/lmqtt/commands/config.js';
import { CONFIG_QUERY } from '../../../dialects/lmqtt/commands/config-query.js';
import { CONNECT } from '../../../dialects/lmqtt/commands/connect.js';
import { CONNECT_STATE } from '../../../dialects/lmqtt/commands/connect-state.js';
import { DISCONNECT } from '../../../dialects/lmqtt/commands/disconnect.js';
import { OPEN } from '../../../dialects/lmqtt/commands/open.js';
import { PUBLISH } from '../../../dialects/lmqtt/commands/publish.js';
import { READ } from '../../../dialects/lmqtt/commands/read.js';
import { SUBSCRIBE_UNSUBSCRIBE } from '../../../dialects/lmqtt/commands/subscribe.js';
import {
  MAX_CLIENT_ID,
  MAX_CONNECTION_ID,
  MAX_HOST,
  MAX_MESSAGE_ID,
  MAX_PASSWORD,
  MAX_PAYLOAD,
  MAX_TOPIC,
  MAX_TOPICS_PER_COMMAND,
  MAX_USERNAME,
} from '../../../dialects/lmqtt/limits.js';
import { PROFILES } from '../../../dialects/lmqtt/profiles.js';
import { type CommandHelp, commandHelp, type FieldHelp } from './command-help.js';
import { SETTING_FIELDS } from './setting-help.js';

const ID: FieldHelp = ['id', `0–${MAX_CONNECTION_ID}; the firmware of today serves 0 only [M]`];
const MESSAGE_ID: FieldHelp = ['msgID', `1–${MAX_MESSAGE_ID} [M]`];
const TOPIC: FieldHelp = ['topic', `1–${MAX_TOPIC} bytes`];
const INLINE = Object.values(PROFILES)
  .map(({ name, inlineLimit }) => `${inlineLimit} on ${name}`)
  .join(', ');

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
