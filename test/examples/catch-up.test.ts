import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { hasMosquitto, mosquittoPub, startMosquitto } from '../helpers/mosquitto.js';
import { aBroker, aModule, BROKER } from './far-side.js';
import { RunningExample } from './running-example.js';

/** ms without a message: long beside what a message takes here. */
const QUIET = '1500';

async function visit(url: string): Promise<string[]> {
  const run = new RunningExample('catch-up.js', [url, BROKER, QUIET]);
  expect(await run.ended(), run.stderr).toBe(0);
  return run.stdout.split('\n').slice(0, -1);
}

const WANTED = Array.from({ length: 50 }, (_, index) => `cmd/meter-7/do ${index}`);

it('messages for a device that is away are there when it comes back, in order and once', async () => {
  const broker = await aBroker();
  const module = await aModule(broker.url);
  expect(await visit(module.url)).toEqual([]);
  const other = await mqtt.connectAsync(broker.url);
  onTestFinished(() => other.endAsync(true));
  for (const index of WANTED.keys()) {
    await other.publishAsync('cmd/meter-7/do', String(index), { qos: 1 });
  }
  expect(await visit(module.url)).toEqual(WANTED);
  expect(await visit(module.url)).toEqual([]);
});

// Of kept messages with QoS 2 the memory persistence of Aedes 1.2 loses some, also for other clients.
it.runIf(hasMosquitto).each(['1', '2'])('Mosquitto keeps those with QoS %s as well', async (qos) => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.stop());
  const module = await aModule(broker.url);
  expect(await visit(module.url)).toEqual([]);
  const lines = Buffer.from(Array.from(WANTED.keys(), (index) => `${index}\n`).join(''));
  await mosquittoPub(broker.port, ['-t', 'cmd/meter-7/do', '-q', qos, '-l'], lines);
  expect(await visit(module.url)).toEqual(WANTED);
});
