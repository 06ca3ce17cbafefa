import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import { ArgumentError } from '../../src/errors/kinds.js';
import { connect } from '../../src/provisioning/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { openTransport } from '../../src/transport/open.js';
import { AnsweringModule } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected } from './client-under-test.js';

// What TypeScript refuses, a caller in plain JavaScript writes.
type Loose = (...given: unknown[]) => Promise<unknown>;
const anything = (run: unknown) => run as Loose;

/** A port that must stay closed. */
const CLOSED = () => {
  throw new Error('the port was opened');
};

const LEAST = { broker: 'mqtt://h' };
const SECRET = 'hunter2-hunter2';

async function refusal(run: () => Promise<unknown>): Promise<ArgumentError> {
  const error = await run().then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ArgumentError);
  expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  return error as ArgumentError;
}

describe('connect()', () => {
  it.each<[unknown, string | RegExp]>([
    [undefined, "options: nothing given: give an object such as { broker: 'mqtt://host:1883' }"],
    [null, "options: nothing given: give an object such as { broker: 'mqtt://host:1883' }"],
    [
      `mqtt://user:${SECRET}@h`,
      "options: a string given: give an object such as { broker: 'mqtt://host:1883' }",
    ],
    [[LEAST], "options: an array given: give an object such as { broker: 'mqtt://host:1883' }"],
    [{ ...LEAST, clientID: 'x' }, 'clientID: there is no such option; did you mean clientId?'],
    [{ ...LEAST, client_id: 'x' }, 'client_id: there is no such option; did you mean clientId?'],
    [
      { ...LEAST, reconectPeriod: 5 },
      'reconectPeriod: there is no such option; did you mean reconnectPeriod?',
    ],
    [{ ...LEAST, pasword: SECRET }, 'pasword: there is no such option; did you mean password?'],
    [{ ...LEAST, offlinestart: true }, 'offlinestart: there is no such option; did you mean offlineStart?'],
    [{ ...LEAST, outbox: '/x.db' }, "outbox: a string given: give an object such as { file: 'outbox.db' }"],
    [{ ...LEAST, outbox: null }, "outbox: nothing given: give an object such as { file: 'outbox.db' }"],
    [
      { ...LEAST, outbox: { path: '/x.db' } },
      'outbox.path: there is no such option; known are file, maxAttempts, maxBytes, maxMessages, policy, qosZero, timeToLive',
    ],
    [
      { ...LEAST, outbox: { maxMesages: 5 } },
      'outbox.maxMesages: there is no such option; did you mean maxMessages?',
    ],
    [
      { ...LEAST, will: 'gone' },
      "will: a string given: give an object such as { topic: 't', payload: 'gone' }",
    ],
    [{ ...LEAST, will: null }, "will: nothing given: give an object such as { topic: 't', payload: 'gone' }"],
    [
      { ...LEAST, will: { topic: 't', payload: 'm', retian: true } },
      'will.retian: there is no such option; did you mean retain?',
    ],
    [{ ...LEAST, recovery: false }, 'recovery: a boolean given: give an object such as { reset: false }'],
    [
      { ...LEAST, recovery: { resets: false } },
      'recovery.resets: there is no such option; did you mean reset?',
    ],
    [{ ...LEAST, probe: 900_000 }, 'probe: a number given: give an object such as { interval: 900_000 }'],
    [
      { ...LEAST, probe: { interval: 5, topics: 'a' } },
      'probe.topics: there is no such option; did you mean topic?',
    ],
    [
      { ...LEAST, triple: SECRET },
      'triple: a string given: give an object such as { productKey, deviceName, deviceSecret }',
    ],
    [
      { ...LEAST, triple: { productKey: 'a', deviceName: 'b', devicesecret: SECRET } },
      'triple.devicesecret: there is no such option; did you mean deviceSecret?',
    ],
    [
      { ...LEAST, rules: { checkTopics: () => {} } },
      /^rules\.checkTopics: there is no such option; known are /,
    ],
    [{ ...LEAST, trace: 'trace.log' }, 'trace: a string given: give a function'],
    [{ ...LEAST, signal: 'stop' }, 'signal: a string given: give the signal of an AbortController'],
    [{ ...LEAST, openTimeout: 'long' }, /^openTimeout is "long", but/],
    [{ ...LEAST, gap: -1 }, /^gap is -1, but/],
    [{ ...LEAST, rejectUnauthorized: false }, /^rejectUnauthorized: there is no such option; known are /],
    [
      { ...LEAST, clean: false },
      'clientId: none given, and clean is false: the broker keeps a session under its client id, so give one',
    ],
    [
      { aliyun: 'cn-shanghai' },
      "aliyun: a string given: give an object such as { ledger: '/srv/line.db', region: 'cn-shanghai' }",
    ],
    [
      { aliyun: { ledger: 'x.db', regoin: 'cn-shanghai' } },
      'aliyun.regoin: there is no such option; did you mean region?',
    ],
  ])('refuses %j before the port is opened', async (options, message) => {
    const error = await refusal(() => anything(connect)(CLOSED, options));
    if (typeof message === 'string') expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
  });

  it('does not mind an unknown option that is undefined, and never reads what an object inherits', async () => {
    const options = Object.create({ clientID: 'inherited' });
    Object.assign(options, { broker: 'mqtt://h', clientId: 'c', qos: undefined });
    const client = (await anything(connect)(new AnsweringModule().open, options)) as { end(): Promise<void> };
    await client.end();
  });

  it('takes a kept session with a client id, or with a login that may bring one', async () => {
    for (const more of [{ clientId: 'c' }, { login: async () => ({ clientId: 'c' }) }]) {
      const options = { ...LEAST, clean: false, ...more };
      const client = await connect(new AnsweringModule().open, options);
      await client.end();
    }
  });
});

describe('a client', () => {
  const OBJECT = 'give an object such as';
  it.each<[string, unknown[], string]>([
    ['publish', ['t', 'x', 1], `options: a number given: ${OBJECT} { qos: 1 }`],
    [
      'publish',
      ['t', 'x', () => {}],
      `options: a function given: ${OBJECT} { qos: 1 }; there are no callbacks, await the promise`,
    ],
    ['publish', ['t', 'x', null], `options: nothing given: ${OBJECT} { qos: 1 }`],
    ['publish', ['t', 'x', { Qos: 1 }], 'Qos: there is no such option; did you mean qos?'],
    ['publish', ['t', 'x', { signal: 5 }], 'signal: a number given: give the signal of an AbortController'],
    ['subscribe', ['t', 1], `options: a number given: ${OBJECT} { qos: 1 }`],
    ['subscribe', ['t', { nl: true }], 'nl: there is no such option; known are qos, signal, timeout'],
    ['subscribe', [{ t: 1 }], `"t": a number given: ${OBJECT} { qos: 1 }`],
    ['subscribe', [{ t: { qos: 1, rap: true } }], '"t".rap: there is no such option; known are qos'],
    ['unsubscribe', ['t', { qos: 1 }], 'qos: there is no such option; known are signal, timeout'],
    ['drained', [5000], `options: a number given: ${OBJECT} { timeout: 60_000 }`],
    ['end', [true], `options: a boolean given: ${OBJECT} { force: true }`],
    ['end', [{ forced: true }], 'forced: there is no such option; did you mean force?'],
  ])('refuses %s(...%j) before a byte is written', async (name, args, message) => {
    const { module, client } = await connected();
    module.wire = '';
    const method = anything((client as unknown as Record<string, unknown>)[name]).bind(client);
    expect((await refusal(() => method(...args))).message).toBe(message);
    await settled();
    expect(module.wire).toBe('');
    expect(client.connected).toBe(true);
  });

  it('refuses unknown options of a raw command', async () => {
    const { client } = await connected();
    const send = anything(client.modem.send).bind(client.modem);
    expect((await refusal(() => send('AT', 2000))).message).toBe(
      'options: a number given: give an object such as { timeout: 2000 }',
    );
    expect((await refusal(() => send('AT', { timout: 5 }))).message).toBe(
      'timout: there is no such option; did you mean timeout?',
    );
  });
});

describe('the other ways in', () => {
  it.each<[string, Loose, string]>([
    [
      'openModem',
      () => anything(openModem)(CLOSED, 'COM3'),
      'options: a string given: give an object such as { startTimeout: 30_000 }',
    ],
    [
      'openModem',
      () => anything(openModem)(CLOSED, { baudRate: 9600 }),
      /^baudRate: there is no such option; known are /.source,
    ],
    [
      'openModem',
      () => anything(openModem)(CLOSED, { starttimeout: 1 }),
      'starttimeout: there is no such option; did you mean startTimeout?',
    ],
    [
      'openTransport',
      () => anything(openTransport)(CLOSED, 5),
      'options: a number given: give an object such as { timeout: 20_000 }',
    ],
    [
      'openTransport',
      () => anything(openTransport)(CLOSED, { timeOut: 5 }),
      'timeOut: there is no such option; did you mean timeout?',
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)('mqtt://h'),
      "options: a string given: give an object such as { broker: 'mqtt://127.0.0.1:1883' }",
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)({ fault: ['echo'] }),
      'fault: there is no such option; did you mean faults?',
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)({ latency: 500 }),
      'latency: a number given: give an object such as { response: 500 }',
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)({ latency: { reponse: 5 } }),
      'latency.reponse: there is no such option; did you mean response?',
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)({ identity: { IMEI: '1' } }),
      'identity.IMEI: there is no such option; did you mean imei?',
    ],
    [
      'SimulatedModem.start',
      () => anything(SimulatedModem.start)({ network: { simm: 'ready' } }),
      'network.simm: there is no such option; did you mean sim?',
    ],
  ])('%s refuses it: %#', async (_name, run, message) => {
    const error = await refusal(run);
    if (message.startsWith('^')) expect(error.message).toMatch(new RegExp(message));
    else expect(error.message).toBe(message);
  });

  it('name their options in the message without a value', async () => {
    const module = await SimulatedModem.start();
    onTestFinished(() => module.close());
    const error = await refusal(() =>
      anything(openModem)(module.url, { [`${'x'.repeat(100)}\r\n`]: SECRET }),
    );
    expect(error.message).toMatch(/^x{40}: there is no such option; known are echo, /);
  });
});
