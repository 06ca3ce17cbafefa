import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, IMEI_B } from './bench.js';
import { Fixture } from './fixture.js';

const OTHER = { identity: { imei: IMEI_B, iccid: '89860422102280054321' } };

let bench: Bench;
afterEach(() => bench.stop());

it('fails a module that refuses the triple, and keeps it for this module', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A }, faults: ['refuse-setting=aliauth'] });
  const run = bench.run([port], { once: true, tries: 3 });
  expect(await run.result()).toMatchObject({
    reason: { code: 'WRITE_REFUSED' },
    tries: 1,
    deviceName: 'meter-1',
  });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({
    state: 'failed',
    deviceName: 'meter-1',
    reason: { code: 'WRITE_REFUSED' },
  });
});

it.each(['secret', 'name'])('fails a module that stores another %s, and says what differs', async (field) => {
  bench = await Bench.start();
  const port = bench.port();
  const faults = [`read-back-differs=${field}`];
  await bench.put(port, { identity: { imei: IMEI_A }, faults });
  const run = bench.run([port], { once: true });
  const { reason } = await run.result();
  expect(reason?.code).toBe('READ_BACK_DIFFERS');
  expect(reason?.message).toContain(field === 'secret' ? 'deviceSecret' : 'deviceName');
  expect(bench.cloud.registry.devices.every(({ logins }) => logins === 0)).toBe(true);
});

it('gives the same triple to a module that was put on again after a failure', async () => {
  bench = await Bench.start();
  const [port, other] = [bench.port(), bench.port()];
  const module = await bench.put(port, { identity: { imei: IMEI_A }, faults: ['read-back-differs'] });
  await bench.run([port], { once: true }).ended;
  await bench.put(other, { identity: { imei: IMEI_B } });
  expect(await bench.runOnce([other])).toMatchObject({ deviceName: 'meter-2' });
  module.faults.off('read-back-differs');
  const again = await bench.runOnce([port]);
  expect(again).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
});

it('lets the login prove a module that does not tell its triple', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { faults: ['no-read-back'] });
  const run = bench.run([port], { once: true });
  expect((await run.result()).outcome).toBe('passed');
  expect(run.notes.some((note) => note.includes('does not tell its triple'))).toBe(true);
});

it('fails that module when reading back is required', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { faults: ['no-read-back'] });
  const run = bench.run([port], { once: true, requireReadBack: true });
  expect((await run.result()).reason).toMatchObject({ code: 'READ_BACK_MISSING' });
});

it('writes over what an earlier station left open in the module', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port]);
  await run.phase('proving');
  await module.unplug();
  expect((await run.result(1)).reason).toMatchObject({ code: 'MODULE_LOST' });
  // Its session is still open, as after a station that was killed.
  await module.plugIn();
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
});

it('fails a module when another one answers at the end, and gives that one its own triple', async () => {
  bench = await Bench.start();
  const [first, second] = [await bench.put(bench.port()), await bench.put(bench.port(), OTHER)];
  const fixture = new Fixture(bench.port(), first.url);
  let asked = 0;
  first.on('command', (line) => {
    asked += line.startsWith('AT+CGSN') ? 1 : 0;
    // Exchanged without a boot marker, and before the first one could answer.
    if (asked === 2) fixture.exchange(second.url, `${line}\r`);
  });
  const run = bench.run([fixture.port]);
  const { imei, reason } = await run.result(1);
  expect([imei, reason?.code]).toEqual([IMEI_A, 'MODULE_LOST']);
  expect(reason?.message).toContain(IMEI_B);
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'failed' });
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-2' });
  fixture.close();
});

it('does not blame the cloud when another module is in the place of the first', async () => {
  bench = await Bench.start();
  const [first, second] = [await bench.put(bench.port()), await bench.put(bench.port(), OTHER)];
  const fixture = new Fixture(bench.port(), first.url);
  first.on('command', (line) => {
    if (line.startsWith('AT+LMQTTCONN=')) fixture.exchange(second.url, `${line}\r`);
  });
  const run = bench.run([fixture.port]);
  const { imei, reason } = await run.result(1);
  expect([imei, reason?.code]).toEqual([IMEI_A, 'MODULE_LOST']);
  expect(reason?.message).toContain(IMEI_B);
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-2' });
  fixture.close();
});

it('takes another module that answers after a result for the next one', async () => {
  bench = await Bench.start();
  const [first, second] = [await bench.put(bench.port()), await bench.put(bench.port(), OTHER)];
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  expect(await run.result(1)).toMatchObject({ outcome: 'passed', imei: IMEI_A });
  fixture.exchange(second.url);
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B });
  fixture.close();
});

it('waits for the next module when one falls silent after its result', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const run = bench.run([module.url]);
  await run.result(1);
  const idle = run.phase('waiting');
  module.faults.on('silent');
  expect(await idle).toMatchObject({ imei: undefined });
  module.faults.off('silent');
  expect(await run.result(2)).toMatchObject({ outcome: 'already', imei: IMEI_A });
});

it('lets a module prove that it keeps its triple over a restart', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A }, keepsTriple: true });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const run = bench.run([port], { once: true, provePersistent: true });
  expect(await run.result()).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  const reset = lines.findIndex((line) => /^AT\+CFUN=0,1/.test(line));
  expect(reset).toBeGreaterThan(0);
  expect(lines.slice(reset).filter((line) => /"aliauth",0,"/.test(line))).toEqual([]);
  const steps = bench.ledger.audit({ imei: IMEI_A }).filter(({ what }) => what === 'done');
  expect(steps.map(({ event }) => event).slice(-5)).toEqual([
    'reset',
    'read-kept',
    'connect',
    'prove',
    'disconnect',
  ]);
});

it('fails a module that loses its triple when it restarts', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, provePersistent: true });
  expect((await run.result()).reason).toMatchObject({ code: 'NOT_PERSISTENT' });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'failed' });
});
