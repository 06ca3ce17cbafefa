import { parseArgs } from 'node:util';
import { BROKERS } from './brokers/broker.js';
import { FAR_NAMES } from './far/far-client.js';
import { FEATURES } from './features/features.js';

/** What of the matrix is run, and how it is told. An empty list: all. */
export interface Options {
  readonly brokers: readonly string[];
  readonly clients: readonly string[];
  readonly features: readonly string[];
  readonly json: boolean;
  /** Takes the result as what is expected from now on. */
  readonly update: boolean;
}

/** Reads the command line; ends the process with 2 if a name is not known. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      broker: { type: 'string', multiple: true, default: [] },
      client: { type: 'string', multiple: true, default: [] },
      feature: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      update: { type: 'boolean', default: false },
    },
  });
  check('broker', values.broker, BROKERS);
  check('client', values.client, FAR_NAMES);
  check(
    'feature',
    values.feature,
    FEATURES.map(({ name }) => name),
  );
  const { json, update } = values;
  return { brokers: values.broker, clients: values.client, features: values.feature, json, update };
}

function check(option: string, given: readonly string[], known: readonly string[]): void {
  for (const name of given) {
    if (known.includes(name)) continue;
    console.error(`interop: --${option} ${name}: one of ${known.join(', ')}`);
    process.exit(2);
  }
}
