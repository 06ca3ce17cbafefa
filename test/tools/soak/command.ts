import { type Command, InvalidArgumentError, Option } from 'commander';
import { jsonOption, seedOption } from '../shared/command-options.js';

export interface SoakOptions {
  /** Of real time. */
  readonly minutes: number;
  /** Of virtual time, instead. */
  readonly hours?: number;
  readonly seed: number;
  readonly json?: true;
}

export function declare(command: Command): void {
  command
    .option('--minutes <n>', 'real time: 20 messages a second each way, a fault every 5 s', positive, 1)
    .addOption(
      new Option('--hours <n>', 'virtual time: a message every 5 s each way, a fault every 2 minutes')
        .argParser(positive)
        .conflicts('minutes'),
    )
    .addOption(seedOption())
    .addOption(jsonOption());
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
