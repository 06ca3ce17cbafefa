import { parseArgs } from 'node:util';
import { casePlan, caseSeed, type Mode } from './plan.js';
import { printProgress, printStations, printSummary, type RunOptions } from './print.js';
import { type CaseReport, runCase } from './run-case.js';
import { runStations } from './run-stations.js';

/** ms for a run of several stations. */
const LINE_LIMIT = 30 * 60_000;

const MODES: readonly Mode[] = ['file', 'registration', 'mixed'];

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '500' },
    seed: { type: 'string' },
    ports: { type: 'string', default: '8' },
    mode: { type: 'string', default: 'mixed' },
    case: { type: 'string' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '1' },
    stations: { type: 'string' },
    units: { type: 'string', default: '1000' },
  },
});

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  console.error(`factory: --${name} ${text}: a whole number from ${min} is needed`);
  process.exit(2);
}

function modeOf(text: string): Mode {
  const mode = MODES.find((known) => known === text);
  if (mode !== undefined) return mode;
  console.error(`factory: --mode ${text}: one of ${MODES.join(', ')}`);
  process.exit(2);
}

const ports = whole('ports', values.ports, 1);
const seed = whole('seed', values.seed ?? String(Math.floor(Math.random() * 1e6)), 0);
const good =
  values.stations === undefined
    ? await runCases({ seed, ports, mode: modeOf(values.mode) })
    : await runLine(whole('stations', values.stations, 1), whole('units', values.units, 1));
process.exitCode = good ? 0 : 1;

async function runCases(options: RunOptions): Promise<boolean> {
  const first = whole('from', values.from, 0);
  const cases =
    values.case === undefined
      ? Array.from({ length: whole('cases', values.cases, 1) }, (_, index) => first + index)
      : [whole('case', values.case, 0)];
  const reports: CaseReport[] = [];
  const work = async (): Promise<void> => {
    for (let number = cases.shift(); number !== undefined; number = cases.shift()) {
      const report = await runCase(casePlan(caseSeed(seed, number), options.mode, options.ports));
      reports.push(report);
      printProgress(number, report, options);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: whole('jobs', values.jobs, 1) }, work));
  printSummary(reports, performance.now() - started, options);
  return reports.every(({ violations }) => violations.length === 0);
}

async function runLine(stations: number, units: number): Promise<boolean> {
  const report = await runStations(
    { seed, stations, ports, units, latency: {}, limit: LINE_LIMIT },
    (done) => {
      if (done % 100 === 0) console.log(`${done} units`);
    },
  );
  printStations(report);
  return report.violations.length === 0;
}
