import type { Command } from 'commander';
import { jsonOption, namesOption } from '../shared/command-options.js';
import { BROKERS } from './brokers/broker.js';
import { FAR_NAMES } from './far/far-client.js';
import { FEATURES } from './features/features.js';

/** What of the matrix is run, and how it is shown. An empty list: all. */
export interface InteropOptions {
  readonly broker: readonly string[];
  readonly client: readonly string[];
  readonly feature: readonly string[];
  readonly json?: true;
  /** Takes the result as what is expected from now on. */
  readonly update?: true;
}

const FEATURE_NAMES = FEATURES.map(({ name }) => name);

export function declare(command: Command): void {
  command
    .addOption(namesOption('--broker <name>', 'only this broker', BROKERS))
    .addOption(namesOption('--client <name>', 'only this client', FAR_NAMES))
    .addOption(namesOption('--feature <name>', 'only this feature', FEATURE_NAMES))
    .addOption(jsonOption())
    .option('--update', 'take the result as what is expected from now on');
}
