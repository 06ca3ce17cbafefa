import type { BrokerName } from '../brokers/broker.js';
import type { FarName } from '../far/far-client.js';
import type { CellResult } from '../harness/verdict.js';

/** Where a cell stands; features that are run once per broker have no client. */
export interface Place {
  readonly broker: BrokerName;
  readonly client: FarName | undefined;
  readonly feature: string;
}

export interface Cell extends Place, CellResult {}

export interface Matrix {
  /** Broker by name, with its version. */
  readonly brokers: ReadonlyMap<BrokerName, string>;
  readonly cells: readonly Cell[];
}

/** The key of a cell in the stored result. */
export function keyOf({ broker, client, feature }: Place): string {
  return [broker, client ?? '-', feature].join(' / ');
}
