import { buildPackage } from '../shared/npm.js';
import type { FactoryOptions } from './command.js';
import { casePlan, caseSeed } from './plan.js';
import { printProgress, printStations, printSummary } from './print.js';
import { type CaseReport, runCase } from './run-case.js';
import { runStations } from './run-stations.js';

/** ms for a run of several stations. */
const LINE_LIMIT = 30 * 60_000;

/** Prints what the station did in each case, or what several did together; false if something is wrong. */
export async function run(options: FactoryOptions): Promise<boolean> {
  await buildPackage();
  return options.stations === undefined ? runCases(options) : runLine(options, options.stations);
}

async function runCases(options: FactoryOptions): Promise<boolean> {
  const cases =
    options.case === undefined
      ? Array.from({ length: options.cases }, (_, index) => options.from + index)
      : [options.case];
  const reports: CaseReport[] = [];
  const work = async (): Promise<void> => {
    for (let number = cases.shift(); number !== undefined; number = cases.shift()) {
      const report = await runCase(casePlan(caseSeed(options.seed, number), options.mode, options.ports));
      reports.push(report);
      printProgress(number, report, options);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: options.jobs }, work));
  printSummary(reports, performance.now() - started, options);
  return reports.every(({ violations }) => violations.length === 0);
}

async function runLine({ seed, ports, units }: FactoryOptions, stations: number): Promise<boolean> {
  const report = await runStations(
    { seed, stations, ports, units, latency: {}, limit: LINE_LIMIT },
    (done) => {
      if (done % 100 === 0) console.log(`${done} units`);
    },
  );
  printStations(report);
  return report.violations.length === 0;
}
