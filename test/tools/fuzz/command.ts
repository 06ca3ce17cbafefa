import type { Command } from 'commander';
import { count, jsonOption, namesOption, seedOption } from '../shared/command-options.js';
import { TARGETS } from './targets.js';

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number;
  readonly path?: string;
  readonly target: readonly string[];
  readonly json?: true;
}

const NAMES = TARGETS.map(({ name }) => name);

export function declare(command: Command): void {
  command
    .option('--runs <n>', 'how many inputs in all', count, 100_000)
    .addOption(seedOption())
    .addOption(namesOption('--target <name>', 'only this target', NAMES))
    .option('--path <path>', 'repeats one finding, with its target and seed')
    .addOption(jsonOption());
}
