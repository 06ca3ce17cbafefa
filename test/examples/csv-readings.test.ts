import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aBroker, aFolder, aModule, BROKER, Listener } from './far-side.js';
import { RunningExample } from './running-example.js';

const COUNT = 60;
const HEADER = '\uFEFFat,celsius,note\n';

async function csvOf(count: number) {
  const file = join(await aFolder(), 'readings.csv');
  const rows = Array.from(
    { length: count },
    (_, index) => `2026-01-01T00:${index}Z,${index}.5,"a ""b"", ü"\n`,
  );
  await writeFile(file, HEADER + rows.join(''));
  return file;
}

/**
 * The numbers of the records, as they arrived. A process that is killed behind a prompt leaves a payload to be given:
 * the module takes it from what the next one writes, and sends a message that is no JSON.
 */
function numbers({ heard }: Listener): number[] {
  return heard
    .filter((one) => one.includes('{'))
    .map((one) => JSON.parse(one.slice(one.indexOf('{'))).record);
}

it('each record of a CSV arrives as JSON under its column names, and a second run sends only what is new', async () => {
  const broker = await aBroker();
  const module = await aModule(broker.url);
  const there = await Listener.on(broker.url);
  const file = await csvOf(COUNT);
  const first = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await first.ended(), first.stderr).toBe(0);
  expect(first.stdout).toBe(`${COUNT} sent, ${COUNT} in all\n`);
  const last = (record: number) => ({
    record,
    at: `2026-01-01T00:${record - 1}Z`,
    celsius: `${record - 1}.5`,
    note: 'a "b", ü',
  });
  await there.hears(`1 up/meter-7 ${JSON.stringify(last(COUNT))}`);
  expect(numbers(there)).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
  await writeFile(file, `${await readFile(file, 'utf8')}2026-01-01T00:60Z,60.5,"a ""b"", ü"\n`);
  const second = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await second.ended(), second.stderr).toBe(0);
  expect(second.stdout).toBe(`1 sent, ${COUNT + 1} in all\n`);
  await there.hears(`1 up/meter-7 ${JSON.stringify(last(COUNT + 1))}`);
  expect(there.heard).toHaveLength(COUNT + 1);
});

it('a record that is being written waits for its line end', async () => {
  const broker = await aBroker();
  const module = await aModule(broker.url);
  const there = await Listener.on(broker.url);
  const file = join(await aFolder(), 'readings.csv');
  await writeFile(file, 'at,celsius\n1,20.5\n2,2');
  const first = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await first.ended(), first.stderr).toBe(0);
  expect(first.stdout).toBe('1 sent, 1 in all\n');
  await writeFile(file, 'at,celsius\n1,20.5\n2,21.5\n');
  const second = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await second.ended(), second.stderr).toBe(0);
  const sent = (record: number, celsius: string) =>
    `1 up/meter-7 ${JSON.stringify({ record, at: String(record), celsius })}`;
  await there.hears(sent(2, '21.5'));
  expect(there.heard).toEqual([sent(1, '20.5'), sent(2, '21.5')]);
});

it('a run that is killed is resumed: every record arrives, in order, and at most a window of them twice', async () => {
  const broker = await aBroker();
  const module = await aModule(broker.url, { latency: { roundTrip: 10 } });
  const there = await Listener.on(broker.url);
  const file = await csvOf(COUNT);
  const killed = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  while (there.heard.length < COUNT / 2) await new Promise((next) => there.client.once('message', next));
  await killed.kill();
  const sent = Number(await readFile(`${file}.sent`, 'utf8'));
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(COUNT);
  const again = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await again.ended(), again.stderr).toBe(0);
  expect(again.stdout).toBe(`${COUNT - sent} sent, ${COUNT} in all\n`);
  const wanted = Array.from({ length: COUNT }, (_, index) => index + 1);
  while (!numbers(there).includes(COUNT)) await new Promise((next) => there.client.once('message', next));
  expect([...new Set(numbers(there))]).toEqual(wanted);
  expect(numbers(there).length - COUNT).toBeLessThanOrEqual(8);
});

it('a record that the module cannot send ends the run, and the next run begins with it', async () => {
  const broker = await aBroker();
  const module = await aModule(broker.url);
  const there = await Listener.on(broker.url);
  const file = join(await aFolder(), 'readings.csv');
  await writeFile(file, `note\na\n${'b'.repeat(9000)}\nc\n`);
  for (const _ of ['first', 'second']) {
    const run = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
    expect(await run.ended()).toBe(1);
    expect(run.stderr).toContain('8000');
  }
  await writeFile(file, 'note\na\nb\nc\n');
  const run = new RunningExample('csv-readings.js', [module.url, BROKER, file]);
  expect(await run.ended(), run.stderr).toBe(0);
  await there.hears('1 up/meter-7 {"record":3,"note":"c"}');
  expect(new Set(numbers(there))).toEqual(new Set([1, 2, 3]));
});
