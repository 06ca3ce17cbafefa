import { counted, list, row, seconds } from '../shared/print.js';
import type { FactoryOptions } from './command.js';
import type { CaseReport } from './run-case.js';
import type { StationsReport } from './run-stations.js';

type RunOptions = Pick<FactoryOptions, 'seed' | 'ports' | 'mode'>;

/** One line a case, and one for each violation, with the command that repeats it. */
export function printProgress(number: number, report: CaseReport, options: RunOptions): void {
  const { plan, elapsed, faults, attempts, violations } = report;
  const verdict = violations.length === 0 ? 'ok' : 'VIOLATION';
  console.log(
    `case ${number} ${verdict} ${seconds(elapsed)} ${plan.way}${plan.once ? ' once' : ''}: ` +
      `faults: ${list(counted(faults))}; attempts: ${list(counted(attempts))}`,
  );
  for (const violation of violations) console.log(`  ${violation}`);
  if (violations.length > 0) console.log(`  again: ${again(number, options)}`);
}

export function printSummary(reports: readonly CaseReport[], elapsed: number, options: RunOptions): void {
  const violated = reports.filter(({ violations }) => violations.length > 0);
  const slowest = Math.max(...reports.map((report) => report.elapsed));
  row('cases', `${reports.length} of seed ${options.seed}, mode ${options.mode}, ${options.ports} ports`);
  row('time', `${seconds(elapsed)}, the slowest case ${seconds(slowest)}`);
  row('faults', list(counted(reports.flatMap(({ faults }) => faults))));
  row('attempts', list(counted(reports.flatMap(({ attempts }) => attempts))));
  row('triples in the end', list(counted(reports.flatMap(({ states }) => states))));
  row('cases with violations', String(violated.length));
}

export function printStations({ plan, elapsed, passed, waits, violations }: StationsReport): void {
  const { stations, ports, units, seed } = plan;
  row('stations', `${stations} of ${ports} ports on one ledger, seed ${seed}`);
  row('units', `${passed} of ${units} have a result, in ${seconds(elapsed)}`);
  row('rate', `${((passed * 1000) / elapsed).toFixed(1)} units/s`);
  row('wait for the ledger', `p50 ${waits.p50} ms, p99 ${waits.p99} ms, longest ${waits.max} ms`);
  row('violations', String(violations.length));
  for (const violation of violations) console.log(`  ${violation}`);
}

function again(number: number, { seed, ports, mode }: RunOptions): string {
  return `npm run tool -- factory --seed ${seed} --ports ${ports} --mode ${mode} --case ${number}`;
}
