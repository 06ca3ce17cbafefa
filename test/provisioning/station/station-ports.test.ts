import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Database from 'libsql';
import { afterEach, expect, it } from 'vitest';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { PortWatch } from '../../../src/provisioning/station/station-options.js';
import { Bench, IMEI_A, IMEI_B } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

it('works on every port that the machine has, and on those that come later', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), { identity: { imei: IMEI_A } });
  const second = await bench.put(bench.port(), { identity: { imei: IMEI_B } });
  const ports = [first.url];
  const watch = new PortWatch(async () => ports.map((path) => ({ path })), 5);
  const run = bench.run([], { ports: watch });
  await run.result(1);
  ports.push(second.url);
  await run.result(2);
  expect(run.results.map(({ port }) => port)).toEqual([first.url, second.url]);
  await run.stop();
  expect(await run.ended).toMatchObject({ passed: 2 });
});

it('ends once each port that is there has its result', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port(), { identity: { imei: IMEI_A } });
  const ports = new PortWatch(async () => [{ path: module.url }], 5);
  expect(await bench.run([], { ports, once: true }).ended).toMatchObject({ passed: 1 });
});

it('tells of the modules that a killed station left, and gives them the same triple', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port(), { identity: { imei: IMEI_A } });
  const killed = await Ledger.open(bench.ledger.path);
  killed.enlist({ station: 'bench-0', operator: 'ben' }).attempt({ imei: IMEI_A }, 'COM7').reserve();
  const alive = await bench.runOnce([module.url]);
  expect(alive).toMatchObject({ outcome: 'failed', reason: { code: 'IMEI_IN_WORK' } });
  await makeDead(bench.ledger.path, 'bench-0');
  const run = bench.run([module.url], { once: true });
  expect(await run.result()).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  expect(run.notes[0]).toContain('bench-0');
  expect(run.notes[0]).toContain(IMEI_A);
  expect(bench.ledger.attempts()[0]).toMatchObject({ outcome: 'interrupted', station: 'bench-0' });
  killed.close();
});

/** Writes into the ledger that the station ran in a process which has ended. */
async function makeDead(path: string, station: string): Promise<void> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  const database = new Database(path, { timeout: 5_000 });
  database.prepare('UPDATE station_run SET pid = ? WHERE name = ?').run(child.pid, station);
  database.close();
}

it('joins a second call of run', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const run = bench.run([module.url], { once: true });
  expect(await run.station.run(new AbortController().signal)).toBe(await run.ended);
});

it('ends at once when it is stopped while it waits', async () => {
  bench = await Bench.start();
  const run = bench.run([bench.port()]);
  await run.phase('waiting');
  await run.stop();
  expect(await run.ended).toMatchObject({ passed: 0, failed: 0 });
});

it('calls its ports by the names of their slots, and books both', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), { identity: { imei: IMEI_A } });
  const clone = await bench.put(bench.port(), { identity: { imei: IMEI_A } });
  const opened: string[][] = [];
  const modem = (port: string, name: string) => {
    opened.push([port, name]);
    return { startTimeout: 1_000 };
  };
  const holder = bench.ledger.enlist({ station: 'bench-0', operator: 'ben' });
  const attempt = holder.attempt({ imei: IMEI_A }, 'left=COM7');
  const run = bench.run([`slot1=${first.url}`], { once: true, modem });
  expect(await run.result()).toMatchObject({
    slot: 'slot1',
    port: first.url,
    reason: { code: 'IMEI_IN_WORK', message: expect.stringContaining('at left of station bench-0') },
  });
  attempt.fail({ code: 'INTERRUPTED', message: 'the end' });
  holder.end();
  await run.ended;
  const next = bench.run([`slot1=${first.url}`, `slot2=${clone.url}`], { once: true, tries: 2, modem });
  await next.result(2);
  expect(next.results.find(({ outcome }) => outcome === 'passed')).toMatchObject({
    slot: expect.stringMatching(/^slot[12]$/),
  });
  expect(opened.slice(0, 2)).toEqual([
    [first.url, 'slot1'],
    [first.url, 'slot1'],
  ]);
  const booked = new Set(bench.ledger.attempts().map(({ port }) => port));
  expect(booked).toContain(`slot1=${first.url}`);
  expect(next.statuses[0]).toMatchObject({ slot: 'slot1', port: first.url });
});

it('names the slot where nothing came, and in notes', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port(), { identity: { imei: '861326070275650' } });
  const empty = bench.run([`left=${bench.port()}`], { once: true, wait: 50 });
  await empty.ended;
  expect(empty.notes).toEqual(['left: no module came within 0.05 s']);
  const run = bench.run([`right=${module.url}`], { once: true });
  await run.ended;
  expect(run.notes).toEqual(['right: the check digit of IMEI 861326070275650 is wrong']);
});
