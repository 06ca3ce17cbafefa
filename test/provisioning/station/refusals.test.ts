import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, IMEI_B, PRODUCT_KEY, PRODUCT_SECRET } from './bench.js';
import { Fixture } from './fixture.js';

let bench: Bench;
afterEach(() => bench.stop());

it('fails a module with another firmware, and leaves the pool alone', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A, firmware: 'NT26KCNA00NNA-L01S' } });
  const run = bench.run([port], { expectFirmware: 'NT26*-L02S', once: true });
  const { outcome, reason } = await run.result();
  expect([outcome, reason?.code]).toEqual(['failed', 'WRONG_FIRMWARE']);
  expect(reason?.message).toContain('NT26KCNA00NNA-L01S');
  expect(bench.ledger.counts().new).toBe(4);
  const [attempt] = bench.ledger.attempts();
  expect(attempt).toMatchObject({
    outcome: 'failed',
    imei: IMEI_A,
    firmware: 'NT26KCNA00NNA-L01S',
    tripleId: undefined,
    reason: { code: 'WRONG_FIRMWARE' },
  });
});

it('fails a module with the SIM of another lot', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A, iccid: '89460422102280012345' } });
  const run = bench.run([port], { expectSim: '8986', once: true });
  expect((await run.result()).reason).toMatchObject({ code: 'WRONG_SIM' });
  expect(bench.ledger.attempts()[0]).toMatchObject({ iccid: '89460422102280012345', outcome: 'failed' });
});

it('fails a module whose SIM wants a PIN', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { network: { sim: 'pin' } });
  const run = bench.run([port], { once: true });
  expect((await run.result()).reason).toMatchObject({ code: 'SIM_LOCKED' });
});

it('fails a module without a SIM', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { network: { sim: 'absent' } });
  const run = bench.run([port], { once: true, networkTimeout: 30 });
  expect((await run.result()).reason).toMatchObject({ code: 'SIM_NOT_READY' });
});

it('tries again while a module finds no network, and says so at last', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A }, network: { registration: 2 } });
  const run = bench.run([port], { once: true, networkTimeout: 30, tries: 2 });
  expect(await run.result()).toMatchObject({ outcome: 'failed', reason: { code: 'NO_NETWORK' }, tries: 2 });
  expect(run.phases(port)).toContain('pausing');
  expect(bench.ledger.attempts()).toHaveLength(2);
});

it('passes a module that finds its network at the second try', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A }, network: { registration: 2 } });
  const run = bench.run([port], { once: true, networkTimeout: 30, tries: 5 });
  await run.phase('pausing');
  module.setNetwork({ registration: 1 });
  const result = await run.result();
  expect(result.outcome).toBe('passed');
  expect(result.tries).toBeGreaterThan(1);
});

it('fails a module when the pool is empty, without another word to it', async () => {
  bench = await Bench.start({ triples: 1 });
  const ports = [bench.port(), bench.port()] as const;
  await bench.put(ports[0], { identity: { imei: IMEI_A } });
  await bench.run([ports[0]], { once: true }).ended;
  const module = await bench.put(ports[1], { identity: { imei: IMEI_B } });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const run = bench.run([ports[1]], { once: true });
  expect((await run.result()).reason).toMatchObject({ code: 'POOL_EMPTY' });
  expect(lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  expect(bench.ledger.attempts({ imei: IMEI_B })[0]).toMatchObject({
    outcome: 'failed',
    deviceName: undefined,
  });
});

it('says that the pool is empty when the name of the module is already that of another one', async () => {
  bench = await Bench.start({ triples: 0, registration: true });
  const triple = { productKey: PRODUCT_KEY, deviceName: `m-${IMEI_B}`, deviceSecret: 'secretOfAnotherOne' };
  bench.cloud.registry.add(PRODUCT_KEY, triple);
  bench.ledger.importTriples({ source: 'triples.csv', operator: 'anna' }, [{ line: 2, triple }]);
  const product = { productKey: PRODUCT_KEY, productSecret: PRODUCT_SECRET, nameTemplate: 'm-{imei}' };
  bench.ledger.setProduct(product, { operator: 'anna' });
  const ports = [bench.port(), bench.port()] as const;
  await bench.put(ports[0], { identity: { imei: IMEI_A } });
  await bench.run([ports[0]], { once: true }).ended;
  await bench.put(ports[1], { identity: { imei: IMEI_B } });
  const { reason } = await lastResult(bench.run([ports[1]], { once: true }));
  expect(reason).toMatchObject({ code: 'POOL_EMPTY', message: expect.stringContaining(`m-${IMEI_B}`) });
});

it('finds an empty pool in a dry run too', async () => {
  bench = await Bench.start({ triples: 0 });
  const port = bench.port();
  await bench.put(port);
  const run = bench.run([port], { once: true, dryRun: true });
  expect((await run.result()).reason).toMatchObject({ code: 'POOL_EMPTY' });
  expect(bench.ledger.attempts()).toEqual([]);
});

it('works on one of two modules with the same IMEI, and fails the other', async () => {
  bench = await Bench.start();
  const ports = [bench.port(), bench.port()] as const;
  // The first one is held in its attempt until the other has its result.
  const first = await bench.put(ports[0], { identity: { imei: IMEI_A }, latency: { roundTrip: 300 } });
  const run = bench.run(ports, { proofTimeout: 10_000 });
  await run.phase('connecting', ports[0]);
  await bench.put(ports[1], { identity: { imei: IMEI_A, iccid: '89860422102280099999' } });
  const clone = await run.result(1);
  expect(clone).toMatchObject({ port: ports[1], outcome: 'failed', reason: { code: 'IMEI_IN_WORK' } });
  expect(clone.reason?.message).toContain(ports[0]);
  expect(await run.result(2)).toMatchObject({ port: ports[0], outcome: 'passed', deviceName: 'meter-1' });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'verified' });
  expect(bench.ledger.counts().new).toBe(3);
  await first.close();
});

it('notices a clone that comes later by its SIM, and does not touch what the first one has', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A, iccid: '89860422102280012345' } });
  await bench.run([port], { once: true }).ended;
  const clone = bench.port();
  const module = await bench.put(clone, { identity: { imei: IMEI_A, iccid: '89860422102280099999' } });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const run = bench.run([clone], { once: true });
  expect((await lastResult(run)).reason).toMatchObject({ code: 'IMEI_OTHER_SIM' });
  expect(lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({
    state: 'verified',
    iccid: '89860422102280012345',
  });
  const accepting = bench.run([clone], { once: true, acceptOtherSim: true });
  expect(await lastResult(accepting)).toMatchObject({ outcome: 'already' });
});

it('binds nothing to a module whose IMEI was never written, and tells it from the next one', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), { identity: { imei: '000000000000000' } });
  const second = await bench.put(bench.port(), { identity: { imei: IMEI_B } });
  const fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port]);
  const { outcome, imei, reason } = await run.result(1);
  expect([outcome, imei]).toEqual(['failed', undefined]);
  expect(reason).toMatchObject({
    code: 'IMEI_UNREADABLE',
    message: expect.stringContaining('000000000000000'),
  });
  for (let looks = 0; looks < 3; ) {
    const [line] = (await once(first, 'command')) as [string];
    if (line.includes('CGSN')) looks += 1;
  }
  expect(run.results).toHaveLength(1);
  expect(bench.ledger.counts()).toMatchObject({ new: 4 });
  fixture.exchange(second.url);
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B });
  fixture.close();
});

/** The result of a run that ends with it, when it has ended: a station of the same name may begin then. */
async function lastResult(run: ReturnType<Bench['run']>) {
  const result = await run.result();
  await run.ended;
  return result;
}

/** An ICCID that was never written onto the card. */
const NONE = 'FFFFFFFFFFFFFFFFFFFF';

it.each(['898600B5012345678901', '898600123456789012FF', '986840520112072143F5'])(
  'knows the SIM %s by its beginning, and again',
  async (iccid) => {
    bench = await Bench.start();
    const port = bench.port();
    await bench.put(port, { identity: { imei: IMEI_A, iccid } });
    const expectSim = iccid === '898600B5012345678901' ? '898600b5' : '8986';
    expect(await lastResult(bench.run([port], { once: true, expectSim }))).toMatchObject({
      outcome: 'passed',
    });
    expect(await lastResult(bench.run([port], { once: true, expectSim }))).toMatchObject({
      outcome: 'already',
    });
  },
);

it.each([
  ['with a SIM that cannot be read, as the first', NONE, NONE, 'SIM_UNKNOWN'],
  ['whose SIM can be read, unlike that of the first', NONE, '89860422102280012345', 'SIM_UNKNOWN'],
  ['whose SIM cannot be read, unlike that of the first', '89860422102280012345', NONE, 'MODULE_FAULT'],
  ['with letters in another place', '898600B5012345678901', '898600C5012345678901', 'IMEI_OTHER_SIM'],
])('takes no module of the same IMEI %s for a verified one', async (_what, first, second, code) => {
  bench = await Bench.start();
  const ports = [bench.port(), bench.port()] as const;
  await bench.put(ports[0], { identity: { imei: IMEI_A, iccid: first } });
  const run = bench.run([ports[0]], { once: true });
  expect(await lastResult(run)).toMatchObject({ outcome: 'passed' });
  expect(run.notes.filter((note) => note.includes('ICCID'))).toHaveLength(first === NONE ? 1 : 0);
  const module = await bench.put(ports[1], { identity: { imei: IMEI_A, iccid: second } });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  for (const again of [false, true]) {
    const refused = await lastResult(bench.run([ports[1]], { once: true, again }));
    expect(refused).toMatchObject({ outcome: 'failed', reason: { code } });
  }
  expect(lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  expect(bench.ledger.triples({ imei: IMEI_A })).toMatchObject([{ state: 'verified' }]);
  const accepting = bench.run([ports[1]], { once: true, acceptOtherSim: true });
  expect(await lastResult(accepting)).toMatchObject({ outcome: 'already' });
});
