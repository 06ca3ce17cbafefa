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

/** Why none of these cells was run, if there is one reason for all. */
export function reasonNotRun(cells: readonly Cell[]): string | undefined {
  const [first] = cells;
  const same = cells.every(({ outcome, note }) => outcome === 'not run' && note === first?.note);
  return same ? first?.note : undefined;
}

/** A line for each broker that was left out. */
export function skipped({ brokers, cells }: Matrix): string[] {
  return [...brokers.keys()].flatMap((name) => {
    const reason = reasonNotRun(cells.filter(({ broker }) => broker === name));
    return reason === undefined ? [] : [`SKIPPED ${name}: ${reason}`];
  });
}

/** The key of a cell in the stored result. */
export function keyOf({ broker, client, feature }: Place): string {
  return [broker, client ?? '-', feature].join(' / ');
}
