import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { connect } from '../../src/client/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasMosquitto, type Mosquitto, mosquittoPub, startMosquitto } from '../helpers/mosquitto.js';

const OPTIONS = {
  broker: 'mqtt://broker.example',
  clientId: 'meter-7',
  clean: false,
  buffered: true,
  reconnectPeriod: 20,
  maxReconnectPeriod: 100,
  registrationTimeout: 0,
};

describe.skipIf(!hasMosquitto)('messages that a module keeps while nobody reads', () => {
  let broker: Mosquitto;
  let module: SimulatedModem;
  let client: Client;
  let commands: string[];
  let payloads: string[];

  beforeEach(async () => {
    broker = await startMosquitto();
    module = await SimulatedModem.start({ broker: broker.url });
    client = await connect(module.url, OPTIONS);
    await client.subscribe('down', { qos: 1 });
    commands = [];
    module.on('command', (line) => commands.push(line));
    payloads = [];
    client.on('message', (_topic, payload) => payloads.push(String(payload)));
  });

  afterEach(async () => {
    await client.end({ force: true });
    await module.close();
    await broker.stop();
  });

  /** Publishes so many messages; resolves when the module has them. */
  async function publish(from: number, count: number): Promise<string[]> {
    const expected = Array.from({ length: count }, (_, index) => String(from + index));
    const received = new Promise<void>((resolve) => {
      let left = count;
      module.on('received', () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });
    await mosquittoPub(
      broker.port,
      ['-t', 'down', '-q', '1', '-l'],
      Buffer.from(expected.map((line) => `${line}\n`).join('')),
    );
    await received;
    return expected;
  }

  const isLast = (payload: string | undefined) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (payload === undefined || payloads.includes(payload)) resolve();
        else client.once('message', look);
      };
      look();
    });

  it('come when the port is back, each once and in order', async () => {
    const before = await publish(1, 2);
    await isLast(before.at(-1));
    const offline = once(client, 'offline');
    await module.unplug();
    await offline;
    const away = await publish(3, 20);
    const back = once(client, 'connect');
    await module.plugIn();
    await back;
    const after = await publish(23, 2);
    await isLast(after.at(-1));
    expect(payloads).toEqual([...before, ...away, ...after]);
  });

  it('come when the port is back, and the session goes on without a new CONNECT', async () => {
    await client.end();
    const connects: string[] = [];
    module.on('connected', (clientId) => connects.push(clientId));
    client = await connect(module.url, { ...OPTIONS, idleCheck: 20 });
    client.on('message', (_topic, payload) => payloads.push(String(payload)));
    // The command behind it shows that it is answered.
    const identified = () => commands.includes('AT+CGSN=1') && commands.at(-1) !== 'AT+CGSN=1';
    while (!identified()) await once(module, 'command');
    const offline = once(client, 'offline');
    await module.unplug();
    await offline;
    const away = await publish(1, 20);
    const back = once(client, 'connect');
    commands.splice(0);
    await module.plugIn();
    await back;
    const after = await publish(21, 2);
    await isLast(after.at(-1));
    expect(payloads).toEqual([...away, ...after]);
    expect(commands.filter((line) => /LMQTT(DISC|CLOSE|OPEN|CONN=)/.test(line))).toEqual([]);
    expect(connects).toEqual(['meter-7']);
    await client.publish('up', 'x', { qos: 1 });
  });

  it('come before end() disconnects', async () => {
    module.faults.on('slow=5');
    const expected = await publish(1, 30);
    await client.end();
    expect(payloads).toEqual(expected);
    expect(commands.findIndex((line) => line.includes('DISC'))).toBe(commands.length - 2);
  });

  it('come before the next session, when the last one was lost', async () => {
    module.faults.on('slow=5');
    const expected = await publish(1, 10);
    const back = once(client, 'connect');
    module.emitLine('+LMQTTURC: STATS,0,1');
    await back;
    await isLast(expected.at(-1));
    expect(payloads).toEqual(expected);
    const disconnected = commands.findIndex((line) => line.includes('DISC'));
    expect(commands.findLastIndex((line) => line.includes('READ'))).toBeLessThan(disconnected);
  });
});
