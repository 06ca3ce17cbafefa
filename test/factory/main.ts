import { parseArgs } from 'node:util';
import { casePlan, type Mode } from './plan.js';
import { printProgress, printSummary, type RunOptions } from './print.js';
import { type CaseReport, runCase } from './run-case.js';

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

const options: RunOptions = {
  seed: whole('seed', values.seed ?? String(Math.floor(Math.random() * 1e6)), 0),
  ports: whole('ports', values.ports, 1),
  mode: modeOf(values.mode),
};
const first = whole('from', values.from, 0);
const cases =
  values.case === undefined
    ? Array.from({ length: whole('cases', values.cases, 1) }, (_, index) => first + index)
    : [whole('case', values.case, 0)];
const reports: CaseReport[] = [];

/** Each case has a seed of its own, so that it can be repeated alone. */
async function work(): Promise<void> {
  for (let number = cases.shift(); number !== undefined; number = cases.shift()) {
    const seed = (options.seed * 100_003 + number) >>> 0;
    const report = await runCase(casePlan(seed, options.mode, options.ports));
    reports.push(report);
    printProgress(number, report, options);
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: whole('jobs', values.jobs, 1) }, work));
printSummary(reports, performance.now() - started, options);
process.exitCode = reports.some(({ violations }) => violations.length > 0) ? 1 : 0;
