/**
 * A station without modules, to be killed: works on `count` IMEIs, `PORTS` at a time, in an order of its own, and tells
 * what it reserves. Runs as a process of its own: ledger-station <ledger> <name> <count> <seed>
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Attempt } from '../../../src/provisioning/ledger/attempt.js';
import { ImeiInUse } from '../../../src/provisioning/ledger/attempt-records.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { seededRandom } from '../../../src/util/random.js';

const PORTS = 8;
const STEPS = ['write', 'read-back', 'connect', 'prove', 'disconnect'] as const;

const [path = '', station = '', count, seed] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const ledger = await Ledger.open(path);
const run = ledger.enlist({ station, operator: 'ann' });

const modules = Array.from({ length: Number(count) }, (_none, index) => String(861326070000001 + index));
modules.sort(() => random() - 0.5);
await Promise.all(Array.from({ length: PORTS }, (_none, port) => work(`port-${port}`)));
ledger.close();

async function work(port: string): Promise<void> {
  for (let imei = modules.pop(); imei !== undefined; imei = modules.pop()) {
    await unit(imei, port);
    await turn();
  }
}

async function unit(imei: string, port: string): Promise<void> {
  let attempt: Attempt;
  try {
    attempt = run.attempt({ imei, iccid: '8986001' }, port);
  } catch (error) {
    if (!(error instanceof ImeiInUse)) throw error;
    // It is at the other station: look at it again when the rest is done.
    modules.unshift(imei);
    return;
  }
  if (attempt.earlier?.state === 'verified') {
    attempt.already();
    return;
  }
  process.stdout.write(`${imei} ${attempt.reserve()?.record.deviceName}\n`);
  for (const step of STEPS) {
    await attempt.step(step, () => turn());
    if (step === 'read-back') attempt.written();
    if (step === 'connect' && random() < 0.1) {
      attempt.fail({ code: 'PROOF_FAILED', message: 'by chance' });
      modules.unshift(imei);
      return;
    }
  }
  attempt.verified();
  attempt.pass();
}
