import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasPty } from '../helpers/pty.js';
import { Arrivals, nextFrom, Rig } from '../helpers/rig.js';

describe('after a loss', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
  });
  afterEach(() => rig.stop());

  it.each([
    ['the link to the broker', () => rig.module.dropBroker()],
    ['the module (it restarts)', () => rig.module.reboot()],
    [
      'the registration for a moment',
      () => {
        rig.module.setNetwork({ registration: 2 });
        rig.module.setNetwork({ registration: 1 });
      },
    ],
  ])('of %s the session comes back with its subscriptions', async (_what, lose) => {
    const other = await rig.other('up');
    const client = await rig.connect();
    await client.subscribe({ a: { qos: 1 }, 'b/#': { qos: 0 } });
    const events: string[] = [];
    for (const event of ['offline', 'close', 'reconnect', 'connect'] as const) {
      client.on(event, () => events.push(event));
    }
    const back = once(client, 'connect');
    lose();
    await back;
    expect(events.slice(0, 3)).toEqual(['offline', 'close', 'reconnect']);
    const down = once(client, 'message');
    await other.publishAsync('b/1', 'x', { qos: 1 });
    expect((await down)[0]).toBe('b/1');
    const up = nextFrom(other);
    await client.publish('up', 'y', { qos: 1 });
    expect((await up).payload.toString()).toBe('y');
  });

  it('of the port it is opened again when it is back', async () => {
    const client = await rig.connect();
    const recovery = once(client, 'recovery');
    await rig.module.unplug();
    const [step] = await recovery;
    expect(step).toMatchObject({ rung: 'port', stage: 'up', reason: { code: 'PORT_CLOSED' } });
    expect(client.connected).toBe(false);
    const back = once(client, 'connect');
    await rig.module.plugIn();
    await back;
    await client.publish('up', 'x', { qos: 1 });
  });

  it.skipIf(!hasPty)(
    'of a serial port it is opened as soon as it is back, however long the delay',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
      const path = join(folder, 'ttyUSB0');
      const module = await SimulatedModem.start({ broker: rig.broker.url, listen: `pty:${path}` });
      onTestFinished(async () => {
        await module.close();
        await rm(folder, { recursive: true });
      });
      const client = await connect(path, {
        broker: 'mqtt://broker.example',
        reconnectPeriod: 600_000,
        maxReconnectPeriod: 600_000,
      });
      onTestFinished(() => client.end({ force: true }));
      const recovery = once(client, 'recovery');
      await module.unplug();
      expect((await recovery)[0]).toMatchObject({ rung: 'port', reason: { code: 'PORT_CLOSED' } });
      const back = once(client, 'connect');
      await module.plugIn();
      await back;
      await client.publish('up', 'x', { qos: 1 });
    },
  );

  it('messages published meanwhile go out in order', async () => {
    const other = await rig.other('up');
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      other.on('message', (_topic, payload) => {
        received.push(payload.toString());
        if (received.length === 5) resolve();
      });
    });
    const client = await rig.connect();
    const offline = once(client, 'offline');
    rig.module.dropBroker();
    await offline;
    const sent = ['1', '2', '3', '4', '5'];
    await Promise.all(sent.map((text) => client.publish('up', text, { qos: 1 })));
    await all;
    expect(received).toEqual(sent);
  });

  it('a message under way is delivered at least once', async () => {
    const slow = await Rig.start({ module: { latency: { roundTrip: 50 } } });
    try {
      const other = await slow.other('up');
      const arrivals = new Arrivals(other);
      const client = await slow.connect();
      const sent = Array.from({ length: 20 }, (_, index) => String(index));
      const delivered = Promise.all(sent.map((text) => client.publish('up', text, { qos: 1 })));
      await once(slow.module, 'published');
      slow.module.dropBroker();
      await delivered;
      await arrivals.until(sent);
    } finally {
      await slow.stop();
    }
  });

  it('a QoS 0 message under way rejects, as it may be lost', async () => {
    const client = await rig.connect();
    rig.module.faults.on('late-ok=50');
    const sending = client.publish('up', 'x');
    await once(rig.module, 'command');
    rig.module.dropBroker();
    await expect(sending).rejects.toMatchObject({ code: 'SESSION_LOST' });
  });

  it('a session that ended unnoticed is found dead by the next publish, which goes out again', async () => {
    rig.module.faults.on('hidden-loss');
    const other = await rig.other('up');
    const client = await rig.connect();
    const gone = once(rig.module, 'disconnected');
    rig.module.dropBroker();
    await gone;
    const arrived = nextFrom(other);
    await client.publish('up', 'x', { qos: 1 });
    expect((await arrived).payload.toString()).toBe('x');
  });
});

describe('everything settles', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
  });
  afterEach(() => rig.stop());

  it('on end(), whatever is pending', async () => {
    const client = await rig.connect();
    await rig.module.unplug();
    const pending = [
      client.publish('up', '1', { qos: 1 }),
      client.publish('up', '2'),
      client.subscribe('a'),
      client.unsubscribe('b'),
    ];
    const settled = Promise.allSettled(pending);
    await client.end();
    for (const result of await settled) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: expect.stringMatching(/CLOSED$/) },
      });
    }
    await expect(client.publish('up', '3')).rejects.toMatchObject({ code: 'CLOSED' });
    await client.end();
  });

  it('when the attempts are used up', async () => {
    const client = await rig.connect({ maxReconnectAttempts: 2 });
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    const pending = Promise.allSettled([client.publish('a', 'x', { qos: 1 }), client.subscribe('b')]);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await rig.module.unplug();
    await ended;
    await pending;
    expect(errors.length).toBeGreaterThanOrEqual(2);
    await expect(client.publish('up', 'x', { qos: 1 })).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  it('when the time limit or the signal of a publish ends it, offline and under way', async () => {
    const client = await rig.connect();
    rig.module.faults.on('silent');
    await expect(client.publish('up', 'x', { qos: 1, timeout: 30 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    const controller = new AbortController();
    const aborted = client.publish('up', 'x', { qos: 1, signal: controller.signal });
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    rig.module.faults.off('silent');
    await client.publish('up', 'y', { qos: 1 });
  });

  it('and raw commands get answers of their own in between', async () => {
    const client = await rig.connect();
    const answers = await Promise.all([
      client.publish('up', 'x', { qos: 1 }),
      client.modem.send('AT+CSQ'),
      client.modem.signal(),
      client.publish('up', Buffer.from([0, 1, 2]), { qos: 2 }),
      client.modem.identity(),
    ]);
    expect(answers[1]).toEqual({ lines: ['+CSQ: 27,99'], final: 'OK' });
    expect(answers[4]).toMatchObject({ imei: expect.stringMatching(/^\d{15}$/) });
    await expect(client.modem.send('AT+NONSENSE')).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });
});
