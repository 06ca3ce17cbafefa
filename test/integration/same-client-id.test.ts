import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasMosquitto, type Mosquitto, startMosquitto } from '../helpers/mosquitto.js';

/** A client with the client id `meter-7` on a module of its own, and what it tells. */
async function startClient(broker: Mosquitto, options: { maxReconnectAttempts?: number } = {}) {
  const module = await SimulatedModem.start({ broker: broker.url });
  const client = await connect(module.url, {
    broker: 'mqtt://broker.example',
    clientId: 'meter-7',
    reconnectPeriod: 10,
    maxReconnectPeriod: 500,
    recovery: { sessionTries: 1, climbAfter: 0 },
    ...options,
  });
  onTestFinished(async () => {
    await client.end({ force: true });
    await module.close();
  });
  const steps: { rung: string; sentence: string; delay: number }[] = [];
  client.on('recovery', ({ rung, sentence, delay }) => steps.push({ rung, sentence, delay }));
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  return { client, steps, lines };
}

describe.skipIf(!hasMosquitto)('two clients with one client id', () => {
  let broker: Mosquitto;
  beforeAll(async () => {
    broker = await startMosquitto();
  });
  afterAll(() => broker.stop());

  it('say so after some sessions, wait longer each time, and touch neither radio nor module', async () => {
    const one = await startClient(broker);
    const named = new Promise<void>((resolve) => {
      one.client.on('recovery', () => {
        if (one.steps.length === 6) resolve();
      });
    });
    const other = await startClient(broker);
    await named;
    for (const { steps, lines } of [one, other]) {
      expect(steps.map(({ rung }) => rung)).toEqual(steps.map(() => 'session'));
      expect(lines.filter((line) => line.includes('CFUN'))).toEqual([]);
    }
    expect(one.steps.slice(0, 2).some(({ sentence }) => sentence.includes('another client'))).toBe(false);
    for (const { sentence } of one.steps.slice(2, 6)) {
      expect(sentence).toContain('perhaps another client uses the client id "meter-7" too');
    }
    expect(one.steps[5]?.delay).toBeGreaterThanOrEqual(160);
  });

  it('come to their limit of attempts, and the error names the client id', async () => {
    const one = await startClient(broker, { maxReconnectAttempts: 4 });
    const gaveUp = new Promise<Error>((resolve) => one.client.once('error', resolve));
    await startClient(broker);
    expect(await gaveUp).toMatchObject({
      code: 'SESSION_LOST',
      message: expect.stringMatching(/the client id "meter-7" too.*\. atmqtt gives up after attempt 4$/),
    });
  });
});
