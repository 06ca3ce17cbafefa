import { type Command, Option } from 'commander';
import { wholeNumber } from '../../../src/cli/values.js';
import { count, seedOption } from '../shared/command-options.js';
import { MODES, type Mode } from './plan.js';

export interface FactoryOptions {
  readonly cases: number;
  readonly from: number;
  readonly case?: number;
  readonly seed: number;
  readonly ports: number;
  readonly mode: Mode;
  readonly jobs: number;
  readonly stations?: number;
  readonly units: number;
}

const caseNumber = wholeNumber(0, 1_000_000);

export function declare(command: Command): void {
  command
    .option('--cases <n>', 'how many cases', count, 500)
    .option('--from <n>', 'number of the first case', caseNumber, 0)
    .option('--case <n>', 'repeats this case only', caseNumber)
    .addOption(seedOption())
    .option('--ports <n>', 'ports of a station', wholeNumber(1, 64), 8)
    .addOption(new Option('--mode <mode>', 'where triples come from').choices(MODES).default('mixed'))
    .option('--jobs <n>', 'cases at the same time', wholeNumber(1, 64), 1)
    .option('--stations <n>', 'instead of cases: so many stations on one ledger', wholeNumber(1, 64))
    .option('--units <n>', 'units in all, with --stations', count, 1000);
}
