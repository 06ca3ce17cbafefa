import type { Command } from 'commander';
import { wholeNumber } from '../../../src/cli/values.js';
import { seedOption } from '../shared/command-options.js';

export interface Kill9Options {
  readonly messages: number;
  readonly kills: number;
  readonly seed: number;
}

export function declare(command: Command): void {
  command
    .option('--messages <n>', 'how many messages the gateway publishes', wholeNumber(1, 1_000_000), 1000)
    .option('--kills <n>', 'how often it is killed meanwhile', wholeNumber(1, 1000), 10)
    .addOption(seedOption());
}
