import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReport } from '../../../../../src/provisioning/books/report.js';
import { Ledger } from '../../../../../src/provisioning/ledger/ledger.js';
import type { StationRun } from '../../../../../src/provisioning/ledger/station-run.js';
import { type Costs, cpuEach, type Kind, numbers } from '../kind.js';

/** Units of the shift, the last of so many. */
const LAST = 100;

/** In the ledger of a factory, where a unit is tried with each of them. */
export const triplesInLedger: Kind = {
  sizes: [100, 500, 2_500],
  measure: async (count) => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    const ledger = await Ledger.open(join(folder, 'ledger.db'), { create: true });
    const costs = await costsOf(ledger, count);
    ledger.close();
    rmSync(folder, { recursive: true });
    return costs;
  },
};

async function costsOf(ledger: Ledger, count: number): Promise<Costs> {
  const batch = { source: 'bench.csv', operator: 'bench' };
  const rows = numbers(count).map((number) => ({
    line: number + 2,
    triple: { productKey: 'a1bench', deviceName: `meter-${number}`, deviceSecret: 'x'.repeat(32) },
  }));
  const imported = await cpuEach(count, () => ledger.importTriples(batch, rows));
  const run = ledger.enlist({ station: 'bench', operator: 'bench' });
  tryUnits(run, numbers(count - LAST));
  const tried = await cpuEach(LAST, () => tryUnits(run, numbers(count).slice(-LAST)));
  return {
    imported,
    'a unit tried with one': tried,
    'listed, a triple': await cpuEach(count, () => ledger.triples()),
    'listed, an attempt': await cpuEach(count, () => ledger.attempts()),
    reported: await cpuEach(count, () => makeReport(ledger.attempts(), {})),
    'counted for status': await cpuEach(count, () => ledger.counts()),
  };
}

/** Each gets a triple, and fails. */
function tryUnits(run: StationRun, units: readonly number[]): void {
  for (const unit of units) {
    const imei = String(unit).padStart(15, '0');
    const attempt = run.attempt({ imei, iccid: undefined, firmware: undefined }, 'bench');
    if (attempt.reserve()?.triple === undefined) throw new Error(`no triple for unit ${unit}`);
    attempt.fail({ code: 'NO_ANSWER', message: 'the module does not answer' });
  }
}
