import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/at/command.js';
import { CONFIG, CONFIG_QUERY, CONNECT, OPEN } from '../../../src/dialects/lmqtt/connection-commands.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../../../src/dialects/lmqtt/message-commands.js';
import { ArgumentError } from '../../../src/errors/kinds.js';

const open = { id: 0, host: 'h', port: 1883 };
const connect = { id: 0, clientId: 'c', username: 'u', password: 'p' };
const publish = {
  id: 0,
  messageId: 1,
  qos: 1,
  retain: false,
  topic: 't',
  form: 'inline',
  payload: Buffer.from('x'),
};
const subscribe = { id: 0, action: 'subscribe', messageId: 1, topics: [{ topic: 't', qos: 1 }] };
const will = (part: object) => ({
  key: 'will',
  id: 0,
  will: { qos: 0, retain: false, topic: 't', message: 'm', ...part },
});
const topics = (topic: unknown, qos: unknown = 0) => ({ ...subscribe, topics: [{ topic, qos }] });

const QUOTES = 'free of double quotes, CR, LF, NUL and other control characters';

/** Command, arguments, then field, value as shown, and limit. */
const REFUSED: readonly (readonly [Command<unknown, unknown>, object, string, string, string])[] = [
  [OPEN, { ...open, id: 5 }, 'id', '5', 'a whole number from 0 to 4'],
  [OPEN, { ...open, id: undefined }, 'id', 'undefined', 'a whole number from 0 to 4'],
  [OPEN, { ...open, port: 0 }, 'port', '0', 'a whole number from 1 to 65535'],
  [OPEN, { ...open, port: 65536 }, 'port', '65536', 'a whole number from 1 to 65535'],
  [OPEN, { ...open, port: 1883.5 }, 'port', '1883.5', 'a whole number from 1 to 65535'],
  [OPEN, { ...open, port: '1883' }, 'port', '"1883"', 'a whole number from 1 to 65535'],
  [OPEN, { ...open, host: '' }, 'host', '"" (0 bytes)', '1 to 100 bytes of UTF-8'],
  [OPEN, { ...open, host: undefined }, 'host', 'undefined', 'a string'],
  [OPEN, { ...open, host: 'a"b' }, 'host', '"a"b"', QUOTES],
  [OPEN, { ...open, host: 'a\rb' }, 'host', '"a\\rb"', QUOTES],
  [OPEN, { ...open, host: 'a\nb' }, 'host', '"a\\nb"', QUOTES],
  [OPEN, { ...open, host: 'a\0b' }, 'host', '"a\\x00b"', QUOTES],
  [OPEN, { ...open, host: 'a\x1bb' }, 'host', '"a\\x1bb"', QUOTES],
  [CONNECT, { ...connect, clientId: '' }, 'clientId', '"" (0 bytes)', '1 to 256 bytes of UTF-8'],
  [CONNECT, { ...connect, username: 'u"' }, 'username', '"u""', QUOTES],
  [CONNECT, { ...connect, username: '\ud800' }, 'username', '"\\xef\\xbf\\xbd"', 'well-formed Unicode'],
  [CONNECT, { ...connect, username: undefined }, 'username', 'nothing', 'given where password is given'],
  [CONNECT, { ...connect, password: 'hunter"2' }, 'password', '***', QUOTES],
  [CONNECT, { ...connect, password: 'hunter\r2' }, 'password', '***', QUOTES],
  [CONNECT, { ...connect, password: 424242 }, 'password', '***', 'a string'],
  [
    CONNECT,
    { ...connect, password: 'é'.repeat(129) },
    'password',
    'a value of 258 bytes',
    '0 to 256 bytes of UTF-8',
  ],
  [PUBLISH, { ...publish, qos: 3 }, 'qos', '3', 'one of 0, 1, 2'],
  [PUBLISH, { ...publish, retain: 1 }, 'retain', '1', 'one of true, false'],
  [PUBLISH, { ...publish, messageId: 0 }, 'messageId', '0', 'a whole number from 1 to 65535'],
  [PUBLISH, { ...publish, messageId: 65536 }, 'messageId', '65536', 'a whole number from 1 to 65535'],
  [PUBLISH, { ...publish, qos: 0, messageId: -1 }, 'messageId', '-1', 'a whole number from 0 to 65535'],
  [PUBLISH, { ...publish, topic: 'a/+/b' }, 'topic', '"a/+/b"', 'free of the wildcards + and #'],
  [PUBLISH, { ...publish, topic: '' }, 'topic', '"" (0 bytes)', '1 to 256 bytes of UTF-8'],
  [PUBLISH, { ...publish, form: 'text' }, 'form', '"text"', 'one of inline, data, hex'],
  [PUBLISH, { ...publish, payload: 'x' }, 'payload', 'string', 'a Buffer'],
  [
    PUBLISH,
    { ...publish, payload: Buffer.from('a\r\n') },
    'payload',
    'a payload with control characters',
    'sent in data mode',
  ],
  [
    PUBLISH,
    { ...publish, payload: Buffer.alloc(1461, 'x') },
    'payload',
    '1461 bytes long',
    '0 to 1460 bytes long',
  ],
  [
    PUBLISH,
    { ...publish, form: 'hex', payload: Buffer.alloc(731) },
    'payload',
    '731 bytes long',
    '0 to 730 bytes long',
  ],
  [READ, { id: 0, messageId: 65536 }, 'messageId', '65536', 'a whole number from 0 to 65535'],
  [
    SUBSCRIBE_UNSUBSCRIBE,
    { ...subscribe, action: 'listen' },
    'action',
    '"listen"',
    'one of subscribe, unsubscribe',
  ],
  [SUBSCRIBE_UNSUBSCRIBE, { ...subscribe, messageId: 0 }, 'messageId', '0', 'a whole number from 1 to 65535'],
  [SUBSCRIBE_UNSUBSCRIBE, { ...subscribe, topics: [] }, 'topics.length', '0', 'a whole number from 1 to 4'],
  [SUBSCRIBE_UNSUBSCRIBE, topics('t', 3), 'topics[0].qos', '3', 'one of 0, 1, 2'],
  [SUBSCRIBE_UNSUBSCRIBE, topics('a"b'), 'topics[0].topic', '"a"b"', QUOTES],
  [
    SUBSCRIBE_UNSUBSCRIBE,
    topics('a+/b'),
    'topics[0].topic',
    '"a+/b"',
    'a topic filter whose wildcards + and # fill a level',
  ],
  [
    SUBSCRIBE_UNSUBSCRIBE,
    topics('#/a'),
    'topics[0].topic',
    '"#/a"',
    'a topic filter with # in its last level only',
  ],
  [
    CONFIG,
    { key: 'keepalive', id: 0, seconds: 3601 },
    'keepalive.seconds',
    '3601',
    'a whole number from 0 to 3600',
  ],
  [CONFIG, { key: 'keepalive', id: 5, seconds: 60 }, 'id', '5', 'a whole number from 0 to 4'],
  [CONFIG, { key: 'session', id: 0, clean: 'yes' }, 'session.clean', '"yes"', 'one of true, false'],
  [CONFIG, { key: 'version', id: 0, version: 5 }, 'version.version', '5', 'one of 3, 4'],
  [CONFIG, will({ topic: 't/#' }), 'will.topic', '"t/#"', 'free of the wildcards + and #'],
  [CONFIG, will({ message: 'say "hi"' }), 'will.message', '"say "hi""', QUOTES],
  [CONFIG, will({ qos: 3 }), 'will.qos', '3', 'one of 0, 1, 2'],
  [
    CONFIG,
    { key: 'recv/mode', id: 0, format: 3, showLength: true },
    'recv/mode.format',
    '3',
    'one of 0, 1, 2',
  ],
  [
    CONFIG,
    { key: 'sslenable', id: 0, enabled: true, context: 6 },
    'sslenable.context',
    '6',
    'a whole number from 0 to 5',
  ],
  [
    CONFIG,
    { key: 'aliauth', id: 0, productKey: 'pk', deviceName: 'dn', deviceSecret: 'hunter"2' },
    'aliauth.deviceSecret',
    '***',
    QUOTES,
  ],
  [CONFIG, { key: 'colour', id: 0 }, 'key', '"colour"', expect.stringContaining('keepalive') as string],
  [
    CONFIG_QUERY,
    { key: 'toString', id: 0 },
    'key',
    '"toString"',
    expect.stringContaining('aliauth') as string,
  ],
];

const CASES = REFUSED.map(([command, args, field, shown, limit]) => ({ command, args, field, shown, limit }));

function refusal(command: Command<unknown, unknown>, args: object): unknown {
  try {
    command.request.format(args);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('refused arguments', () => {
  it.each(CASES)('$command.name $field: $shown', ({ command, args, field, shown, limit }) => {
    const error = refusal(command, args);
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, limit });
    expect(String(error)).toContain(`${field} is ${shown}, but must be `);
    expect(String(error)).not.toMatch(/hunter|é|4242/);
  });

  it.each([
    ['host', OPEN, open, 100],
    ['clientId', CONNECT, connect, 256],
    ['username', CONNECT, connect, 256],
    ['topic', PUBLISH, publish, 256],
  ] as const)('%s is measured in bytes, not in characters', (field, command, args, limit) => {
    const format = (text: string) =>
      (command as Command<unknown, unknown>).request.format({ ...args, [field]: text });
    expect(format('x'.repeat(limit))).toContain('x'.repeat(limit));
    expect(format('é'.repeat(limit / 2))).toContain('\xc3\xa9'.repeat(limit / 2));
    expect(() => format('x'.repeat(limit + 1))).toThrow(`(${limit + 1} bytes), but`);
    expect(() => format('é'.repeat(limit / 2 + 1))).toThrow(`(${limit + 2} bytes), but`);
  });
});

describe('the TA refuses what the TE may not send', () => {
  it.each([
    [OPEN, 'AT+LMQTTOPEN=0,"h",0'],
    [OPEN, 'AT+LMQTTOPEN=5,"h",1883'],
    [OPEN, 'AT+LMQTTOPEN=0,h,1883'],
    [OPEN, 'AT+LMQTTOPEN=0,"h","1883"'],
    [OPEN, 'AT+LMQTTOPEN=0,"h",1883,1'],
    [OPEN, `AT+LMQTTOPEN=0,"${'x'.repeat(101)}",1883`],
    [CONNECT, 'AT+LMQTTCONN=0'],
    [CONNECT, 'AT+LMQTTCONN=0,"c",,"p"'],
    [CONNECT, 'AT+LMQTTCONN=0,"c","u","p","x"'],
    [CONFIG, 'AT+LMQTTCFG="keepalive",0,3601'],
    [CONFIG, 'AT+LMQTTCFG="colour",0,1'],
    [CONFIG, 'AT+LMQTTCFG=keepalive,0,1'],
    [CONFIG, 'AT+LMQTTCFG="will",0,1'],
    [CONFIG, 'AT+LMQTTCFG="will",0,2'],
    [CONFIG, 'AT+LMQTTCFG="keepalive",0'],
    [CONFIG_QUERY, 'AT+LMQTTCFG="keepalive"'],
    [CONFIG_QUERY, 'AT+LMQTTCFG="keepalive",0,120'],
    [SUBSCRIBE_UNSUBSCRIBE, 'AT+LMQTTSUBUNSUB=0,0,1'],
    [SUBSCRIBE_UNSUBSCRIBE, 'AT+LMQTTSUBUNSUB=0,0,1,"t"'],
    [SUBSCRIBE_UNSUBSCRIBE, 'AT+LMQTTSUBUNSUB=0,2,1,"t",0'],
    [SUBSCRIBE_UNSUBSCRIBE, 'AT+LMQTTSUBUNSUB=0,0,0,"t",0'],
    [SUBSCRIBE_UNSUBSCRIBE, `AT+LMQTTSUBUNSUB=0,0,1${',"t",0'.repeat(5)}`],
    [READ, 'AT+LMQTTREAD=0'],
  ] as const)('$0.name $1', (command, line) => {
    expect((command as Command<unknown, unknown>).request.parse(line)).toBeUndefined();
  });
});
