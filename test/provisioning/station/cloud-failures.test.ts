import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, PRODUCT_KEY } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

it('fails a triple whose secret is wrong, and does not try again', async () => {
  bench = await Bench.start();
  bench.cloud.registry.find(PRODUCT_KEY, 'meter-1')?.issueSecret();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, tries: 3 });
  expect(await run.result()).toMatchObject({ reason: { code: 'SIGNATURE_REFUSED' }, tries: 1 });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'failed' });
  expect(bench.ledger.attempts()).toHaveLength(1);
});

it.each([
  [2, 'LOGIN_REFUSED'],
  [3, 'CLOUD_UNREACHABLE'],
  [5, 'SIGNATURE_REFUSED'],
])('takes return code %i for %s', async (returnCode, code) => {
  bench = await Bench.start();
  bench.cloud.faults.on(`refuse-login=${returnCode}`);
  const port = bench.port();
  await bench.put(port);
  expect((await bench.runOnce([port])).reason?.code).toBe(code);
});

it('tries again when the cloud cannot be reached, each try an attempt of its own', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A }, faults: ['open-fails'] });
  const run = bench.run([port], { once: true, tries: 5 });
  const { note } = await run.phase('pausing');
  expect(note).toContain('could not be reached');
  module.faults.off('open-fails');
  const result = await run.result();
  expect(result).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  const outcomes = bench.ledger.attempts().map(({ outcome, reason }) => [outcome, reason?.code]);
  expect(outcomes).toHaveLength(result.tries);
  expect(outcomes[0]).toEqual(['failed', 'CLOUD_UNREACHABLE']);
  expect(outcomes.at(-1)).toEqual(['passed', undefined]);
});

it('opens a session once more that the cloud ended, and passes', async () => {
  bench = await Bench.start();
  bench.cloud.faults.on('drop-after-login=1');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true });
  expect(await run.result()).toMatchObject({ outcome: 'passed', tries: 1 });
});

it('suspects another device when the cloud ends the session twice', async () => {
  bench = await Bench.start();
  bench.cloud.faults.on('drop-after-login');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true });
  expect((await run.result()).reason).toMatchObject({ code: 'TRIPLE_IN_USE' });
  expect(bench.cloud.registry.find(PRODUCT_KEY, 'meter-1')?.logins).toBe(2);
});

it('does not call a module verified whose proof is not answered', async () => {
  bench = await Bench.start();
  bench.cloud.faults.on('deaf');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, proofTimeout: 200 });
  expect((await run.result()).reason).toMatchObject({ code: 'PROOF_FAILED' });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'failed' });
  expect(bench.cloud.online()).toEqual([]);
});

it('takes no answer but the one to its own question', async () => {
  bench = await Bench.start();
  bench.cloud.faults.on('deaf');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, proofTimeout: 300 });
  bench.cloud.events.on('published', ({ deviceName, payload }) => {
    const other = payload.toString().replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    void bench.cloud.publish(`/ext/ntp/${PRODUCT_KEY}/${deviceName}/response`, other);
  });
  expect((await run.result()).reason).toMatchObject({ code: 'PROOF_FAILED' });
});

it('proves on a topic of its own when told to', async () => {
  bench = await Bench.start();
  bench.cloud.faults.on('deaf');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const topics: string[] = [];
  bench.cloud.events.on('published', ({ topic }) => topics.push(topic));
  const proofTopic = '/{productKey}/{deviceName}/user/proof';
  expect(await bench.runOnce([port], { proofTopic })).toMatchObject({ outcome: 'passed' });
  expect(topics).toEqual([`/${PRODUCT_KEY}/meter-1/user/proof`]);
});

it('lets the host sign for modules that cannot, and writes no triple into them', async () => {
  bench = await Bench.start();
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A }, faults: ['refuse-setting=aliauth'] });
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const login = { region: 'cn-shanghai', sign: 'host' } as const;
  expect(await bench.runOnce([port], { login })).toMatchObject({ outcome: 'passed' });
  const triples = lines.filter((line) => line.includes('aliauth'));
  expect(new Set(triples)).toEqual(new Set(['AT+LMQTTCFG="aliauth",0,"","",""']));
});
