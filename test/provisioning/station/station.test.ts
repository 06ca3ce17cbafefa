import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, IMEI_B, PRODUCT_KEY } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

it('gives a module the first triple, proves it, and tells the operator to take it off', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const logins: string[] = [];
  bench.cloud.events.on('login', ({ deviceName }) => logins.push(deviceName));
  const run = bench.run([port], { once: true });
  const result = await run.result();
  expect(result).toMatchObject({ port, outcome: 'passed', imei: IMEI_A, deviceName: 'meter-1', tries: 1 });
  expect(result.action).toContain('Take the module off');
  expect(await run.ended).toMatchObject({ passed: 1, failed: 0, left: 3 });
  expect(logins).toEqual(['meter-1']);
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({
    state: 'verified',
    deviceName: 'meter-1',
  });
  expect(bench.ledger.attempts()[0]).toMatchObject({ outcome: 'passed', station: 'bench-1', port });
  expect(run.phases(port)).toEqual([
    'waiting',
    'identifying',
    'network',
    'reserving',
    'writing',
    'connecting',
    'proving',
    'disconnecting',
    'finished',
  ]);
  const steps = bench.ledger
    .audit({ imei: IMEI_A })
    .filter(({ what }) => what === 'done')
    .map(({ event }) => event);
  expect(steps).toEqual(['write', 'read-back', 'connect', 'prove', 'disconnect']);
});

it('waits for a port that is not there yet, and takes the next module at the same port', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const run = bench.run([port]);
  const waiting = await run.phase('waiting');
  expect(waiting.note).toContain('nobody serves');
  const first = await bench.put(port, { identity: { imei: IMEI_A } });
  expect(await run.result(1)).toMatchObject({ outcome: 'passed', imei: IMEI_A, deviceName: 'meter-1' });
  const idle = run.phase('waiting');
  await first.close();
  expect(await idle).toMatchObject({ imei: undefined, result: undefined });
  await bench.put(port, { identity: { imei: IMEI_B } });
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-2' });
});

it('does not touch a module that comes again', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port]);
  await run.result(1);
  const idle = run.phase('waiting');
  await module.unplug();
  await idle;
  const written: string[] = [];
  module.on('command', (line) => written.push(line));
  await module.plugIn();
  expect(await run.result(2)).toMatchObject({ outcome: 'already', imei: IMEI_A, deviceName: 'meter-1' });
  expect(written.filter((line) => line.includes('LMQTT'))).toEqual([]);
  expect(run.station.totals).toMatchObject({ passed: 1, already: 1, left: 3 });
});

it('proves a verified module again when told to', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  await bench.run([port], { once: true }).ended;
  const run = bench.run([port], { once: true, again: true });
  expect(await run.result()).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  expect(bench.cloud.registry.find(PRODUCT_KEY, 'meter-1')?.logins).toBe(2);
});

it('leaves a module that is done in peace while it stays, also when it restarts', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port]);
  await run.result();
  module.reboot();
  const asked = async () => {
    for (;;) {
      const [line] = (await once(module, 'command')) as [string];
      if (line.includes('CGSN')) return;
    }
  };
  await asked();
  await asked();
  expect(run.station.statuses[0]).toMatchObject({ phase: 'finished', imei: IMEI_A });
  expect(run.results).toHaveLength(1);
});

it('works on several ports at once, each with a triple of its own', async () => {
  bench = await Bench.start({ triples: 8 });
  const ports = Array.from({ length: 6 }, () => bench.port());
  for (const [index, port] of ports.entries()) {
    await bench.put(port, { identity: { imei: `86132607000000${index}` } });
  }
  const run = bench.run(ports, { once: true });
  expect(await run.ended).toMatchObject({ passed: 6, failed: 0, left: 2 });
  expect(new Set(run.results.map(({ deviceName }) => deviceName)).size).toBe(6);
  expect(run.notes.filter((note) => note.includes('check digit'))).not.toHaveLength(0);
});

it('takes the next module as soon as the serial line stays and only the module changes', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const first = await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port]);
  await run.result(1);
  await first.close();
  await bench.put(port, { identity: { imei: IMEI_B } });
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B });
});

it('only looks in a dry run, and writes nothing anywhere', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const run = bench.run([port], { once: true, dryRun: true });
  expect(await run.ended).toMatchObject({ checked: 1, left: 4 });
  expect(lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  expect(bench.ledger.attempts()).toEqual([]);
});

it('waits so long for a module, and ends the port without a result', async () => {
  bench = await Bench.start();
  const ports = [bench.port(), bench.port()] as const;
  const module = await bench.put(ports[1]);
  module.faults.on('silent');
  const none = bench.run(ports, { once: true, wait: 50 });
  expect(await none.ended).toMatchObject({ passed: 0, failed: 0 });
  expect(none.notes).toEqual(ports.map((port) => `${port}: no module came within 0.05 s`));
  module.faults.off('silent');
  const run = bench.run(ports, { once: true, wait: 5_000 });
  expect(await run.ended).toMatchObject({ passed: 1 });
  expect(run.station.statuses.map(({ result }) => result?.outcome)).toEqual([undefined, 'passed']);
});

it('counts triples that are imported while it runs', async () => {
  bench = await Bench.start({ triples: 1 });
  const run = bench.run([bench.port()]);
  expect(run.station.totals.left).toBe(1);
  const triple = {
    productKey: PRODUCT_KEY,
    deviceName: 'meter-9',
    deviceSecret: 'secretOfMeter9yyyyyyyyyyyyyyyyyy',
  };
  bench.ledger.importTriples({ source: 'next.csv', operator: 'anna' }, [{ line: 2, triple }]);
  await expect.poll(() => run.station.totals.left).toBe(2);
});

it('is refused beside another one with its name, or at one of its ports', async () => {
  bench = await Bench.start();
  const port = 'tcp://127.0.0.1:9';
  const run = bench.run([port]);
  const refusal = (options: object, ports: readonly string[] = [bench.port()]) =>
    bench.run(ports, options).ended.then(
      () => 'none',
      (error: unknown) => error,
    );
  expect(await refusal({})).toMatchObject({
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(
      /^a station "bench-1" runs on this ledger already \(process \d+, since .*--station$/,
    ),
  });
  const taken = {
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(
      /^station "bench-1" \(.*\) works at tcp:\/\/localhost:9 already: end it, or/,
    ),
  };
  expect(await refusal({ station: 'bench-2' }, ['telnet://localhost:9'])).toMatchObject(taken);
  expect(await refusal({ station: 'bench-2', dryRun: true }, [port])).toMatchObject(taken);
  expect(await refusal({ station: 'bench-2' }, ['slot7=tcp://localhost:9'])).toMatchObject({
    message: expect.stringContaining('works at tcp://localhost:9 (slot7) already'),
  });
  const other = bench.run([bench.port()], { station: 'bench-2' });
  await run.stop();
  await other.stop();
  const again = bench.run([port]);
  await again.phase('waiting');
});
