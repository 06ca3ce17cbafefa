import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { connect } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/options.js';
import { LMQTT_IDENTITY } from '../../src/dialects/lmqtt/identity.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { Modem } from '../../src/modem/modem.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import type { TransportSource } from '../../src/transport/open.js';
import { AnsweringModule } from '../dialects/lmqtt/answering-module.js';
import { Rig } from '../helpers/rig.js';
import { eventsOf, happens, OPTIONS } from './client-under-test.js';

const ABSENT = 'memory:offline-start-absent';

/** A client that is not connected yet; ended with the test. */
async function started(
  port: TransportSource | Modem,
  options: Partial<ConnectOptions> = {},
): Promise<Client> {
  const client = await connect(port, { ...OPTIONS, registrationTimeout: 0, offlineStart: true, ...options });
  onTestFinished(() => client.end({ force: true }));
  return client;
}

/** A port that is not there for the first openings. */
function lateModule(missing: number, module = new AnsweringModule()) {
  let left = missing;
  const port = (): Duplex => {
    if (left > 0) {
      left -= 1;
      throw new ModemError('PORT_NOT_FOUND', 'port: there is none');
    }
    return module.open();
  };
  return { module, port };
}

describe('a client that starts offline', () => {
  it('accepts at once, tries until the port is there, and tells as for reconnects', async () => {
    const { module, port } = lateModule(2);
    const client = await started(port);
    const events = eventsOf(client);
    const sentences: string[] = [];
    client.on('recovery', ({ sentence }) => sentences.push(sentence));
    expect([client.connected, client.stats().reconnects]).toEqual([false, 0]);
    const sent = [client.publish('a', '1', { qos: 1 }), client.publish('a', '2')];
    await sent[0]?.accepted;
    const subscribed = client.subscribe('b', { qos: 1 });
    await happens(client, 'recovery');
    expect([client.connected, client.reconnecting]).toEqual([false, true]);
    await Promise.all([...sent, subscribed]);
    expect(events).toEqual([
      'error PORT_NOT_FOUND',
      'recovery port PORT_NOT_FOUND',
      'reconnect 1',
      'error PORT_NOT_FOUND',
      'recovery port PORT_NOT_FOUND',
      'reconnect 2',
      'connect',
    ]);
    expect(sentences[0]).toBe(
      'While opening the port: port: there is none. Now atmqtt opens the port again and the session behind it (attempt 1).',
    );
    expect(module.lines.filter((line) => /PUB=|SUBUNSUB/.test(line))).toHaveLength(3);
    expect([client.connected, client.reconnecting]).toEqual([true, false]);
  });

  it('connects at the first attempt if nothing is in the way, and says so', async () => {
    const client = await started(new AnsweringModule().open);
    const events = eventsOf(client);
    expect(client.connected).toBe(false);
    await happens(client, 'connect');
    expect(events).toEqual(['connect']);
    expect(client.stats().reconnects).toBe(0);
  });

  it.each([
    ['open-fails=4', undefined, 'OPEN_FAILED'],
    ['connect-fails=3', undefined, 'CONNECT_REFUSED'],
    [undefined, { sim: 'absent' as const }, 'SIM_NOT_READY'],
    [undefined, { registration: 2 }, 'NOT_REGISTERED'],
  ])('waits for what is away: %s %j', async (fault, network, code) => {
    const rig = await Rig.start(network === undefined ? {} : { module: { network } });
    onTestFinished(() => rig.stop());
    if (fault !== undefined) rig.module.faults.on(fault);
    const client = await started(rig.module.url, { recovery: { radio: false, reset: false, port: false } });
    const [{ reason }] = await happens(client, 'recovery');
    expect(reason.code).toBe(code);
    const sent = client.publish('up', 'x', { qos: 1 });
    const up = happens(client, 'connect');
    if (fault !== undefined) rig.module.faults.off(fault.split('=')[0] as string);
    rig.module.setNetwork({ sim: 'ready', registration: 1 });
    await up;
    await sent;
  });

  it('keeps in its file what it accepts without a port', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const outbox = { file: join(folder, 'outbox.db') };
    const first = await started(ABSENT, { outbox });
    const sent = first.publish('up', 'x', { qos: 1 });
    await sent.accepted;
    await first.end();
    await expect(sent).rejects.toMatchObject({
      code: 'CLOSED',
      message: expect.stringMatching(/stays in the outbox/),
    });
    const rig = await Rig.start();
    onTestFinished(() => rig.stop());
    const second = await started(rig.module.url, { outbox });
    await second.drained();
    expect(second.stats()).toMatchObject({ restored: 1, delivered: 1 });
  });

  it('finds a module that is switched on later, also behind a `Modem` of the caller', async () => {
    const listen = 'memory:offline-start-late';
    const modem = new Modem(listen, LMQTT_IDENTITY);
    const client = await started(modem);
    await happens(client, 'recovery');
    const module = await SimulatedModem.start({
      listen,
      broker: 'mqtt://127.0.0.1:1',
      faults: ['open-fails=5'],
    });
    onTestFinished(() => module.close());
    await new Promise<void>((resolve) => {
      client.on('recovery', ({ reason }) => {
        if (reason.code === 'OPEN_FAILED') resolve();
      });
    });
    await client.end();
    expect(modem.closed).toBe(false);
    await modem.close();
  });

  it('gives up as it may after a loss', async () => {
    const client = await started(ABSENT, { maxReconnectAttempts: 1 });
    const sent = client.publish('up', 'x', { qos: 1 });
    const events = eventsOf(client);
    await expect(sent).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await client.end();
    expect(events.filter((event) => event === 'end')).toHaveLength(1);
    expect(events.filter((event) => event.startsWith('reconnect'))).toEqual(['reconnect 1']);
  });
});

describe('what no attempt can change rejects at once', () => {
  it.each<[string, TransportSource, Partial<ConnectOptions>]>([
    ['port', 'ttyUSB0', {}],
    ['port', '', {}],
    ['port', 'gopher:x', {}],
    ['baudRate', 'serial:///dev/ttyUSB0?baudRate=fast', {}],
    ['keepalive', ABSENT, { keepalive: -1 }],
    ['startTimeout', ABSENT, { startTimeout: 0 }],
    ['offlineStart', ABSENT, { offlineStart: 'yes' as never }],
  ])('%s: %j %j', async (field, port, options) => {
    await expect(started(port, options)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  it('an outbox that cannot be used', async () => {
    const outbox = { file: '/no/such/folder/outbox.db' };
    await expect(started(ABSENT, { outbox })).rejects.toMatchObject({ code: 'OUTBOX_UNUSABLE' });
  });

  it('a signal that has fired', async () => {
    await expect(started(ABSENT, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('and the settings of a server end the client at the first attempt', async () => {
    const client = await started('tcp://127.0.0.1');
    const error = happens(client, 'error');
    await happens(client, 'end');
    expect(await error).toMatchObject([{ code: 'INVALID_ARGUMENT' }]);
  });
});

describe('end() and a signal settle', () => {
  const nowhere = () => new Promise<Duplex>(() => {});

  it.each<[string, TransportSource, (client: Client) => Promise<unknown>]>([
    ['before the first attempt', ABSENT, async () => {}],
    ['while the port opens', nowhere, () => new Promise(setImmediate)],
    ['between two attempts', ABSENT, (client) => happens(client, 'recovery')],
    ['in an attempt', ABSENT, (client) => happens(client, 'reconnect')],
  ])('%s', async (_when, port, until) => {
    for (const way of ['end', 'signal']) {
      const abort = new AbortController();
      const options = { reconnectPeriod: 50, maxReconnectPeriod: 50, signal: abort.signal };
      const client = await started(port, options);
      const sent = expect(client.publish('a', 'x', { qos: 1 })).rejects.toMatchObject({ code: 'CLOSED' });
      const subscribed = expect(client.subscribe('a')).rejects.toMatchObject({ code: 'CLOSED' });
      const ended = happens(client, 'end');
      await until(client);
      if (way === 'end') await client.end();
      else abort.abort();
      await Promise.all([sent, subscribed, ended]);
      expect([client.connected, client.reconnecting, client.modem.closed]).toEqual([false, false, true]);
    }
  });

  it('while the network is awaited', async () => {
    const module = new AnsweringModule().answer(/CEREG\?/, '\r\n+CEREG: 2,2\r\n\r\nOK\r\n');
    const client = await started(module.open, { registrationTimeout: 60_000 });
    await module.receives(/CEREG\?/);
    await client.end();
    expect(client.modem.closed).toBe(true);
  });

  it('a signal does nothing once there was a session', async () => {
    const abort = new AbortController();
    const client = await started(new AnsweringModule().open, { signal: abort.signal });
    await happens(client, 'connect');
    abort.abort();
    await client.publish('a', 'x', { qos: 1 });
  });
});
