import { describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { type ConnectOptions, parseOptions } from '../../src/client/options.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { ArgumentError } from '../../src/errors/kinds.js';

const LEAST: ConnectOptions = { broker: 'mqtt://h' };
const will = (part: object) => ({ will: { topic: 't', payload: 'm', ...part } });

describe('options', () => {
  it('have defaults', () => {
    const { dialect, session, ...rest } = parseOptions({ ...LEAST, clientId: 'c' }, LMQTT);
    expect(dialect.name).toBe('lmqtt');
    expect(session).toEqual({
      broker: { host: 'h', port: 1883, tls: false },
      clientId: 'c',
      username: undefined,
      password: undefined,
      keepalive: 120,
      clean: true,
      will: undefined,
      protocolVersion: 4,
      profile: 'nt26',
      buffered: false,
      keepTriple: false,
    });
    expect(rest).toEqual({
      maxInflight: 8,
      reconnectPeriod: 1000,
      maxReconnectPeriod: 60_000,
      maxReconnectAttempts: Number.POSITIVE_INFINITY,
      connectTimeout: 240_000,
      registrationTimeout: 60_000,
      resubscribe: true,
      queueQoSZero: true,
      offlineStart: false,
      idleCheck: 120_000,
      outbox: {
        file: undefined,
        maxMessages: 1000,
        maxBytes: 16 * 1024 * 1024,
        policy: 'reject',
        timeToLive: undefined,
        qosZero: false,
        maxAttempts: 5,
      },
      recovery: {
        sessionTries: 3,
        climbAfter: 60_000,
        radio: true,
        reset: true,
        port: true,
        rungTimeout: 60_000,
        stableAfter: 60_000,
        failedResults: 3,
      },
      probe: undefined,
      login: undefined,
      rules: {},
    });
  });

  it('make up a client id', () => {
    const ids = [1, 2].map(() => parseOptions(LEAST, LMQTT).session.clientId);
    for (const id of ids) expect(id).toMatch(/^atmqtt_[a-z0-9]{8}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('take what is given, before what the URL says', () => {
    const options = parseOptions(
      {
        broker: 'mqtts://url:pw@h:1',
        username: 'user',
        password: 'word',
        maxReconnectAttempts: 0,
        will: { topic: 'a', payload: Buffer.from('é'), qos: 2, retain: true },
      },
      LMQTT,
    );
    expect(options.session).toMatchObject({
      broker: { host: 'h', port: 1, tls: true },
      username: 'user',
      password: 'word',
      will: { topic: 'a', payload: 'é', qos: 2, retain: true },
    });
    expect(options.maxReconnectAttempts).toBe(0);
    expect(parseOptions({ broker: 'url:pw@h' }, LMQTT).session).toMatchObject({
      username: 'url',
      password: 'pw',
    });
  });
});

const QUOTES = 'free of double quotes, CR, LF, NUL and other control characters';
const BOOLEAN = 'one of true, false';

/** Options, then field, value as shown, and limit. */
const REFUSED: readonly (readonly [object, string, string, string])[] = [
  [{ broker: 'mqtt://h:0' }, 'port', '0', 'a whole number from 1 to 65535'],
  [{ broker: 'h'.repeat(101) }, 'host', `"${'h'.repeat(60)}…" (101 bytes)`, '1 to 100 bytes of UTF-8'],
  [{ clientId: '' }, 'clientId', '"" (0 bytes)', '1 to 256 bytes of UTF-8'],
  [{ clientId: 'a"b' }, 'clientId', '"a"b"', QUOTES],
  [{ clientId: 'a\rb' }, 'clientId', '"a\\rb"', QUOTES],
  [{ clientId: 7 }, 'clientId', '7', 'a string'],
  [
    { clientId: 'é'.repeat(129) },
    'clientId',
    `"${'\\xc3\\xa9'.repeat(7)}\\xc3…" (258 bytes)`,
    '1 to 256 bytes of UTF-8',
  ],
  [{ username: '' }, 'username', '"" (0 bytes)', '1 to 256 bytes of UTF-8'],
  [{ broker: 'mqtt://a%0Db@h' }, 'username', '"a\\rb"', QUOTES],
  [{ password: 'hunter2' }, 'username', 'nothing', 'given where password is given'],
  [{ broker: 'mqtt://:hunter2@h' }, 'username', 'nothing', 'given where password is given'],
  [{ username: 'u', password: 'hunter\n2' }, 'password', '***', QUOTES],
  [{ keepalive: 3601 }, 'keepalive', '3601', 'a whole number from 0 to 3600'],
  [{ keepalive: -1 }, 'keepalive', '-1', 'a whole number from 0 to 3600'],
  [{ keepalive: 1.5 }, 'keepalive', '1.5', 'a whole number from 0 to 3600'],
  [{ keepalive: '60' }, 'keepalive', '"60"', 'a whole number from 0 to 3600'],
  [{ clean: 1 }, 'clean', '1', BOOLEAN],
  [{ protocolVersion: 5 }, 'protocolVersion', '5', 'one of 3, 4'],
  [{ dialect: 'qmt' }, 'dialect', '"qmt"', 'one of lmqtt'],
  [{ profile: 'nt99' }, 'profile', '"nt99"', 'one of nt26, nt35e'],
  [{ buffered: 'yes' }, 'buffered', '"yes"', BOOLEAN],
  [will({ topic: 'a/+' }), 'will.topic', '"a/+"', 'free of the wildcards + and #'],
  [will({ topic: '' }), 'will.topic', '"" (0 bytes)', '1 to 256 bytes of UTF-8'],
  [will({ topic: undefined }), 'will.topic', 'undefined', 'a string'],
  [will({ qos: 3 }), 'will.qos', '3', 'one of 0, 1, 2'],
  [will({ retain: 'no' }), 'will.retain', '"no"', BOOLEAN],
  [will({ payload: 'a"b' }), 'will.payload', '"a"b"', QUOTES],
  [
    will({ payload: 'x'.repeat(257) }),
    'will.payload',
    `"${'x'.repeat(60)}…" (257 bytes)`,
    '0 to 256 bytes of UTF-8',
  ],
  [will({ payload: '\ud800' }), 'will.payload', '"\\xef\\xbf\\xbd"', 'well-formed Unicode'],
  [will({ payload: Buffer.from([0xff]) }), 'will.payload', 'not UTF-8', 'text'],
  [will({ payload: 5 }), 'will.payload', '5', 'a string or a Buffer'],
  [{ will: { topic: 't' } }, 'will.payload', 'undefined', 'a string or a Buffer'],
  [{ maxInflight: 0 }, 'maxInflight', '0', 'a whole number from 1 to 64'],
  [{ maxInflight: 65 }, 'maxInflight', '65', 'a whole number from 1 to 64'],
  [{ reconnectPeriod: -1 }, 'reconnectPeriod', '-1', 'a whole number from 0 to 86400000'],
  [{ maxReconnectPeriod: 0 }, 'maxReconnectPeriod', '0', 'a whole number from 1 to 86400000'],
  [{ maxReconnectAttempts: -1 }, 'maxReconnectAttempts', '-1', 'a whole number from 0 to 9007199254740991'],
  [{ connectTimeout: 0 }, 'connectTimeout', '0', 'a whole number from 1 to 86400000'],
  [{ connectTimeout: Number.NaN }, 'connectTimeout', 'NaN', 'a whole number from 1 to 86400000'],
  [{ registrationTimeout: -1 }, 'registrationTimeout', '-1', 'a whole number from 0 to 86400000'],
  [{ resubscribe: 0 }, 'resubscribe', '0', BOOLEAN],
  [{ queueQoSZero: 'false' }, 'queueQoSZero', '"false"', BOOLEAN],
  [{ outbox: { maxMessages: 0 } }, 'outbox.maxMessages', '0', 'a whole number from 1 to 9007199254740991'],
  [{ outbox: { maxBytes: 0.5 } }, 'outbox.maxBytes', '0.5', 'a whole number from 1 to 9007199254740991'],
  [{ outbox: { file: '' } }, 'outbox.file', '""', 'the path of a file'],
  [{ outbox: { timeToLive: 0 } }, 'outbox.timeToLive', '0', 'a whole number from 1 to 3153600000000'],
  [{ outbox: { qosZero: 1 } }, 'outbox.qosZero', '1', 'one of true, false'],
  [{ outbox: { maxAttempts: 0 } }, 'outbox.maxAttempts', '0', 'a whole number from 1 to 9007199254740991'],
  [{ outbox: { policy: 'newest' } }, 'outbox.policy', '"newest"', 'one of reject, drop-oldest'],
];

describe('connect refuses', () => {
  it.each(REFUSED)('%j before it opens anything', async (options, field, shown, limit) => {
    const open = vi.fn();
    const error = await connect(open, { ...LEAST, ...options } as ConnectOptions).catch((reason) => reason);
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      field,
      limit,
      message: `${field} is ${shown}, but must be ${limit}`,
    });
    expect(open).not.toHaveBeenCalled();
  });
});
