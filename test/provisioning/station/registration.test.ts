import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { Bench, IMEI_A, IMEI_B, PRODUCT_KEY } from './bench.js';

let bench: Bench;
const HOUR = 3_600_000;

/** Only the clock on the wall: timers go on. */
function setClock(change: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + change });
}

afterEach(() => {
  vi.useRealTimers();
});
afterEach(() => bench.stop());

const secretsMade = (imei: string) => bench.cloud.registry.find(PRODUCT_KEY, imei)?.registrations ?? 0;

it('registers each module under its IMEI, once', async () => {
  bench = await Bench.start({ registration: true });
  const ports = [bench.port(), bench.port()] as const;
  await bench.put(ports[0], { identity: { imei: IMEI_A } });
  await bench.put(ports[1], { identity: { imei: IMEI_B } });
  const run = bench.run(ports, { once: true });
  expect(await run.ended).toMatchObject({ passed: 2, left: undefined });
  expect(run.results.map(({ imei, deviceName }) => imei === deviceName)).toEqual([true, true]);
  expect([secretsMade(IMEI_A), secretsMade(IMEI_B)]).toEqual([1, 1]);
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({
    state: 'verified',
    origin: 'registration',
  });
});

it('registers through the module when told to', async () => {
  const tls = {
    key: readFileSync(new URL('../../simulator/tls/key.pem', import.meta.url)),
    cert: readFileSync(new URL('../../simulator/tls/cert.pem', import.meta.url)),
  };
  bench = await Bench.start({ registration: true, tls });
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, registration: 'module', registrationTimeout: 10_000 });
  expect(await run.result()).toMatchObject({ outcome: 'passed', deviceName: IMEI_A });
  expect(secretsMade(IMEI_A)).toBe(1);
});

it('never asks again by itself when the answer of a registration is not known', async () => {
  bench = await Bench.start({ registration: true });
  bench.cloud.faults.on('cut=1');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const first = await bench.runOnce([port], { tries: 3 });
  expect(first).toMatchObject({ outcome: 'failed', reason: { code: 'REGISTRATION_UNANSWERED' }, tries: 1 });
  const second = await bench.runOnce([port], { tries: 3 });
  expect(second).toMatchObject({ outcome: 'failed', reason: { code: 'REGISTRATION_UNANSWERED' } });
  expect(second.reason?.message).toMatch(/at \d{4}-\d\d-\d\dT/);
  expect(secretsMade(IMEI_A)).toBe(1);
  const third = await bench.runOnce([port], { repeatRegistration: true });
  expect(third).toMatchObject({ outcome: 'passed', deviceName: IMEI_A });
  expect(secretsMade(IMEI_A)).toBe(2);
  const intents = bench.ledger
    .audit({ imei: IMEI_A })
    .filter(({ event, what }) => `${event} ${what}` === 'register intent');
  expect(intents.map(({ detail }) => detail ?? '')).toEqual(['', expect.stringContaining('again, as told')]);
});

it('asks once in a run that may repeat, also when the clock was set back meanwhile', async () => {
  bench = await Bench.start({ registration: true });
  bench.cloud.faults.on('cut=1');
  const port = bench.port();
  const run = bench.run([port], { repeatRegistration: true });
  setClock(-HOUR);
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  expect((await run.result(1)).reason).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  const idle = run.phase('waiting');
  await module.unplug();
  await idle;
  await module.plugIn();
  expect((await run.result(2)).reason).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  expect(secretsMade(IMEI_A)).toBe(1);
});

it('may repeat what an earlier run has asked for, also when the clock was set back since', async () => {
  bench = await Bench.start({ registration: true });
  bench.cloud.faults.on('cut=1');
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  await bench.run([port], { once: true }).ended;
  setClock(-HOUR);
  const repeated = bench.run([port], { once: true, repeatRegistration: true });
  expect(await repeated.result()).toMatchObject({ outcome: 'passed' });
  expect(secretsMade(IMEI_A)).toBe(2);
});

it('asks again by itself when the registration surely did not reach the cloud', async () => {
  bench = await Bench.start({ registration: true });
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  // A port of this machine that nobody listens on.
  const nowhere = await bench.runOnce([port], { registration: { url: 'http://127.0.0.1:1' }, tries: 2 });
  expect(nowhere).toMatchObject({ reason: { code: 'REGISTRATION_FAILED' }, tries: 2 });
  expect(await bench.runOnce([port])).toMatchObject({ outcome: 'passed' });
  expect(secretsMade(IMEI_A)).toBe(1);
});

it('says when the device is active elsewhere already', async () => {
  bench = await Bench.start({ registration: true });
  bench.cloud.registry.add(PRODUCT_KEY, { deviceName: IMEI_A, deviceSecret: 'anotherOnesSecret' }).activate();
  const port = bench.port();
  await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true, tries: 3 });
  expect(await run.result()).toMatchObject({ reason: { code: 'ALREADY_ACTIVATED' }, tries: 1 });
  expect(bench.ledger.triples({ imei: IMEI_A })[0]).toMatchObject({ state: 'failed' });
});

it('says when the cloud refuses for another reason', async () => {
  bench = await Bench.start({ registration: true });
  const port = bench.port();
  bench.ledger.setProduct(
    { productKey: PRODUCT_KEY, productSecret: 'wrongSecret', nameTemplate: '{imei}' },
    { operator: 'anna' },
  );
  await bench.put(port, { identity: { imei: IMEI_A } });
  expect((await bench.runOnce([port])).reason).toMatchObject({
    code: 'REGISTRATION_REFUSED',
  });
});

it('uses the stored secret when the module was lost right after its registration', async () => {
  bench = await Bench.start({ registration: true });
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  module.once('command', () => module.on('command', (line) => line.includes('"aliauth"') && module.reboot()));
  expect((await bench.runOnce([port])).reason).toMatchObject({ code: 'MODULE_LOST' });
  module.removeAllListeners('command');
  expect(await bench.runOnce([port])).toMatchObject({ outcome: 'passed' });
  expect(secretsMade(IMEI_A)).toBe(1);
});

it.each([
  ['the module goes', 'MODULE_LOST'],
  ['the station is stopped', 'INTERRUPTED'],
])('keeps the secret of a registration that is under way when %s', async (_what, code) => {
  bench = await Bench.start({ registration: true });
  bench.cloud.faults.on('slow=200');
  const port = bench.port();
  const module = await bench.put(port, { identity: { imei: IMEI_A } });
  const run = bench.run([port], { once: true });
  bench.cloud.registration.events.once('request', () => {
    void (code === 'MODULE_LOST' ? module.unplug() : run.stop());
  });
  expect((await run.result()).reason).toMatchObject({ code });
  await run.ended;
  await module.plugIn();
  expect(await bench.runOnce([port])).toMatchObject({ outcome: 'passed' });
  expect(secretsMade(IMEI_A)).toBe(1);
});

it('refuses to start without a way to register', async () => {
  bench = await Bench.start({ registration: true });
  const login = { host: 'cloud.example' };
  expect(() => bench.station([bench.port()], { login, registration: undefined })).toThrow('registration');
});
