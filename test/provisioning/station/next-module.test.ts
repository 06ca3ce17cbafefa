import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, IMEI_B } from './bench.js';
import { Fixture } from './fixture.js';

const OTHER = { identity: { imei: IMEI_B, iccid: '89860422102280012346' } };

let bench: Bench;
afterEach(() => bench.stop());

it('sets up a module that came without a boot marker', async () => {
  bench = await Bench.start();
  const [first, second] = [await bench.put(bench.port()), await bench.put(bench.port(), OTHER)];
  const lines: string[] = [];
  second.on('command', (line) => lines.push(line));
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  expect(await run.result(1)).toMatchObject({ outcome: 'passed', imei: IMEI_A });
  fixture.exchange(second.url);
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B });
  const triple = lines.findIndex((line) => line.includes('"aliauth"'));
  expect(lines.slice(0, triple)).toEqual(expect.arrayContaining(['ATE0', 'AT+CMEE=1', 'AT+CEREG=2']));
  fixture.close();
});

it('leaves the port open while a slow module starts', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port());
  // Five answers of the start-up take longer than the three questions that a silent module gets.
  const second = await bench.put(bench.port(), { ...OTHER, latency: { response: 400 } });
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  await run.result(1);
  fixture.exchange(second.url);
  second.reboot();
  const { imei } = await run.phase('identifying');
  expect(imei).toBeUndefined();
  const phases = run.phases(fixture.port);
  expect(phases.slice(phases.indexOf('finished'))).toEqual(['finished', 'identifying']);
  fixture.close();
});

it('does not take a clone for the module that has passed a moment ago', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port());
  const clone = await bench.put(bench.port(), { identity: { iccid: '89860422102280012346' } });
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  expect(await run.result(1)).toMatchObject({ outcome: 'passed', imei: IMEI_A });
  fixture.exchange(clone.url);
  clone.reboot();
  expect(await run.result(2)).toMatchObject({
    outcome: 'failed',
    imei: IMEI_A,
    reason: { code: 'IMEI_OTHER_SIM' },
  });
  expect(run.station.statuses[0]).toMatchObject({ result: { outcome: 'failed' } });
  expect(bench.ledger.triples({ imei: IMEI_A })).toMatchObject([{ state: 'verified' }]);
  fixture.close();
});

it('asks a module that restarts for its SIM until that is ready', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port());
  const clone = await bench.put(bench.port(), {
    identity: { iccid: '89860422102280012346' },
    network: { sim: 'absent' },
  });
  let asked = 0;
  clone.on('command', (line) => {
    asked += line === 'AT+LCCID' ? 1 : 0;
    if (asked === 3) clone.setNetwork({ sim: 'ready' });
  });
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  await run.result(1);
  fixture.exchange(clone.url);
  clone.reboot();
  expect(await run.result(2)).toMatchObject({ reason: { code: 'IMEI_OTHER_SIM' } });
  fixture.close();
});

it.each([
  ['a clone whose SIM cannot be read', '89860422102280012345', 'MODULE_FAULT'],
  ['any module behind one whose SIM could not be read', 'FFFFFFFFFFFFFFFFFFFF', 'SIM_UNKNOWN'],
])('does not take %s for the module that has passed a moment ago', async (_what, iccid, code) => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), { identity: { iccid } });
  const clone = await bench.put(bench.port(), { identity: { iccid: 'FFFFFFFFFFFFFFFFFFFF' } });
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  expect(await run.result(1)).toMatchObject({ outcome: 'passed', imei: IMEI_A });
  fixture.exchange(clone.url);
  clone.reboot();
  expect(await run.result(2)).toMatchObject({ outcome: 'failed', imei: IMEI_A, reason: { code } });
  fixture.close();
});
