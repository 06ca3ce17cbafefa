import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Arrivals, hex, nextFrom, Rig, type RigOptions } from '../helpers/rig.js';

describe('a connect that fails says why, and leaves the port free for the next', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  async function failing(options: RigOptions, connect: Parameters<Rig['connect']>[0] = {}) {
    rig = await Rig.start(options);
    const failure = await rig.connect(connect).then(
      () => undefined,
      (error: unknown) => error,
    );
    return failure;
  }

  async function mended(): Promise<void> {
    rig.module.faults.clear();
    const client = await rig.connect();
    await client.publish('up', 'x', { qos: 1 });
  }

  it('host unknown', async () => {
    const error = await failing({ module: { unknownHosts: ['bad.host'] } }, { broker: 'mqtt://bad.host' });
    expect(error).toMatchObject({
      code: 'OPEN_FAILED',
      message: 'open failed: domain name could not be resolved (result -1, extend 4)',
      result: -1,
      extend: 4,
    });
    await mended();
  });

  it('broker unreachable', async () => {
    rig = await Rig.start();
    await rig.broker.close();
    await expect(rig.connect()).rejects.toMatchObject({ code: 'OPEN_FAILED', result: -1 });
  });

  it.each([1, 2, 3, 4, 5])('refused by the broker with return code %i', async (returnCode) => {
    const error = await failing({ module: { faults: [`connect-fails=${returnCode}`] } });
    expect(error).toMatchObject({
      code: 'CONNECT_REFUSED',
      extend: returnCode,
      message: expect.stringContaining(`return code ${returnCode}`),
    });
    await mended();
  });

  it('bad credentials at a real broker', async () => {
    const authenticate = (
      _client: unknown,
      username: unknown,
      password: unknown,
      done: (e: null, ok: boolean) => void,
    ) => done(null, username === 'meter' && String(password) === 'right');
    rig = await Rig.start({ broker: { authenticate: authenticate as never } });
    const wrong = rig.connect({ username: 'meter', password: 'wrong-secret' });
    await expect(wrong).rejects.toMatchObject({ code: 'CONNECT_REFUSED' });
    await expect(wrong).rejects.not.toMatchObject({ message: expect.stringContaining('wrong-secret') });
    await rig.connect({ username: 'meter', password: 'right' });
  });

  it('no SIM', async () => {
    const error = await failing({ module: { network: { sim: 'absent' } } });
    expect(error).toMatchObject({ code: 'SIM_NOT_READY', message: expect.stringContaining('SIM') });
  });

  it('not registered', async () => {
    const error = await failing({ module: { network: { registration: 2 } } });
    expect(error).toMatchObject({ code: 'NOT_REGISTERED' });
    rig.module.setNetwork({ registration: 1 });
    await mended();
  });

  it('a mandatory setting refused', async () => {
    const error = await failing({ module: { faults: ['refuse-setting=keepalive'] } });
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', command: 'AT+LMQTTCFG="keepalive",0,120' });
    await mended();
  });

  it('a module that answers nothing', async () => {
    const error = await failing({ module: { faults: ['silent'] } }, { startTimeout: 1000 });
    expect(error).toMatchObject({ code: 'NOT_RESPONDING' });
  });

  it('port closed', async () => {
    rig = await Rig.start();
    await rig.module.unplug();
    await expect(rig.connect()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });
});

describe('requests that fail', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it.each([
    [1, 'wrong'],
    [2, 'failed'],
  ])('a publish with result %i rejects, and the client goes on', async (result, word) => {
    rig = await Rig.start();
    const client = await rig.connect({ outbox: { maxAttempts: 1 } });
    rig.module.faults.on(`publish-result=${result}:1`);
    await expect(client.publish('up', 'x', { qos: 1 })).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
      result,
      message: expect.stringContaining(word),
    });
    await client.publish('up', 'y', { qos: 1 });
    expect(client.connected).toBe(true);
  });

  it('a publish that the module refuses while others are under way is tried again, in order', async () => {
    rig = await Rig.start({ module: { faults: ['busy-above=3'], latency: { roundTrip: 20 } } });
    const other = await rig.other('up');
    const arrivals = new Arrivals(other);
    const client = await rig.connect();
    const sent = Array.from({ length: 40 }, (_, index) => String(index));
    await Promise.all(sent.map((text) => client.publish('up', text, { qos: 1 })));
    await arrivals.until(sent);
    expect(arrivals.payloads).toEqual(sent.map(hex));
    expect(client.stats().retried).toBeGreaterThan(0);
    expect(client.stats().windowSize).toBeLessThan(8);
  });

  it('a subscription that fails rejects, and the client goes on', async () => {
    rig = await Rig.start();
    const client = await rig.connect();
    rig.module.faults.on('subscribe-fails');
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'SUBSCRIBE_FAILED', extend: 6 });
    rig.module.faults.off('subscribe-fails');
    await client.subscribe('a');
  });

  it('bad input is refused before a byte is written', async () => {
    rig = await Rig.start();
    const client = await rig.connect();
    const before = client.modem.stats().commands;
    const refused = [
      () => client.publish('a/+', 'x'),
      () => client.publish('a/#', 'x'),
      () => client.publish('', 'x'),
      () => client.publish('a"b', 'x'),
      () => client.publish('a\r\nAT+CFUN=0', 'x'),
      () => client.publish('a\0', 'x'),
      () => client.publish('ü'.repeat(129), 'x'),
      () => client.publish('a', 'x', { qos: 3 as never }),
      () => client.subscribe('a/#/b'),
      () => client.subscribe('a+'),
      () => client.subscribe([]),
      () => client.subscribe('a', { qos: 3 as never }),
      () => client.unsubscribe('a"'),
    ];
    for (const request of refused) {
      await expect(request()).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: expect.any(String),
        limit: expect.any(String),
      });
    }
    expect(client.modem.stats().commands).toBe(before);
  });

  it.each([
    ['keepalive', { keepalive: 3601 }],
    ['clientId', { clientId: 'a"b' }],
    ['clientId', { clientId: 'x'.repeat(257) }],
    ['username', { username: 'a\nb' }],
    ['password', { username: 'u', password: 'p"w' }],
    ['host', { broker: `mqtt://${'h'.repeat(101)}` }],
  ])('a bad %s is refused before the port is opened', async (field, options) => {
    rig = await Rig.start();
    const attached: unknown[] = [];
    rig.module.on('attached', () => attached.push(1));
    await expect(rig.connect(options)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: expect.stringContaining(field),
    });
    expect(attached).toEqual([]);
  });
});

describe('a module that refuses settings', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it('the key urc: goes on, and says so', async () => {
    rig = await Rig.start({ module: { faults: ['refuse-setting=urc'] } });
    const client = await rig.connect();
    expect(rig.degradations).toMatchObject([{ setting: 'urc' }]);
    await client.publish('up', 'x', { qos: 1 });
  });

  it('recv/mode: falls back to lines, and says so', async () => {
    rig = await Rig.start({ module: { faults: ['refuse-setting=recv/mode'] } });
    const other = await rig.other();
    const client = await rig.connect();
    expect(rig.degradations).toMatchObject([{ setting: 'recv/mode' }]);
    await client.subscribe('a');
    const arrived = once(client, 'message');
    await other.publishAsync('a', '{"control":1,"id":"t1"}', { qos: 1 });
    expect((await arrived)[1].toString()).toBe('{"control":1,"id":"t1"}');
  });

  it.each([
    ['hex', ['refuse-setting=recv/mode,0,1'], /^messages come in hex, at/],
    [
      'hex without the length',
      ['refuse-setting=recv/mode,0,1', 'refuse-setting=recv/mode,1,1', 'split=1'],
      /^messages come in hex without their length/,
    ],
  ])('recv/mode: falls back to %s, where every byte is safe', async (_form, faults, consequence) => {
    rig = await Rig.start({ module: { faults } });
    const other = await rig.other();
    const client = await rig.connect();
    expect(rig.degradations).toMatchObject([
      { setting: 'recv/mode', consequence: expect.stringMatching(consequence) },
    ]);
    await client.subscribe('a');
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    for (const payload of [bytes, Buffer.from('\r\nOK\r\n'), Buffer.alloc(0)]) {
      const arrived = once(client, 'message');
      await other.publishAsync('a', payload, { qos: 1 });
      expect((await arrived)[1]).toEqual(payload);
    }
  });

  it.each(['quoted-payload', 'garbage', 'chatter', 'late-ok=20', 'misspelt-unsubscribe', 'shuffled-results'])(
    'works with %s',
    async (fault) => {
      rig = await Rig.start({ module: { faults: [fault], seed: 7 } });
      const other = await rig.other('up');
      const client = await rig.connect();
      await client.subscribe('down', { qos: 1 });
      const up = nextFrom(other);
      await Promise.all(['1', '2', '3'].map((text) => client.publish('up', text, { qos: 1 })));
      expect((await up).payload.toString()).toBe('1');
      const down = once(client, 'message');
      await other.publishAsync('down', Buffer.from('\r\nOK\r\n'), { qos: 1 });
      expect((await down)[1]).toEqual(Buffer.from('\r\nOK\r\n'));
      await client.unsubscribe('down');
    },
  );
});
