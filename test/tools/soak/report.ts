import type { FaultWatch } from './fault-watch.js';
import type { Ledger, LedgerCounts } from './ledger.js';
import type { SoakPlan } from './plan.js';
import type { RecoveryWatch } from './recovery-watch.js';
import type { Missing } from './verdict.js';
import type { World } from './world.js';

/** Of one direction; delays in ms. */
export interface DirectionReport extends LedgerCounts {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Messages that no driver could have saved, by fault. */
  readonly lostOnTheWire: Record<string, number>;
}

/** What a run says of itself. Times in ms, memory in bytes. */
export interface SoakReport {
  readonly seed: number;
  readonly elapsed: number;
  readonly up: DirectionReport;
  readonly down: DirectionReport;
  /** Failures that `publish` told of, by code; the sender then sent again. */
  readonly refused: Record<string, number>;
  readonly retried: number;
  readonly faults: number;
  readonly faultsByKind: Record<string, number>;
  readonly outages: number;
  readonly recoveries: Record<string, number>;
  readonly attempts: Record<string, number>;
  readonly longestOutage: number;
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly violations: readonly string[];
}

export interface Findings {
  readonly plan: SoakPlan;
  readonly elapsed: number;
  readonly world: World;
  readonly recovery: RecoveryWatch;
  readonly faults: FaultWatch;
  readonly lost: Missing['lost'];
  readonly retried: number;
  readonly heap: readonly number[];
  readonly violations: readonly string[];
}

export function summarise({ plan, world, recovery, faults, lost, heap, ...rest }: Findings): SoakReport {
  const [heapStart = 0] = heap;
  return {
    seed: plan.seed,
    elapsed: Math.round(rest.elapsed),
    up: direction(world.up, lost.up),
    down: direction(world.down, lost.down),
    refused: world.up.refused,
    retried: rest.retried,
    faults: faults.total,
    faultsByKind: faults.counts,
    outages: recovery.outages,
    recoveries: recovery.recoveries,
    attempts: recovery.attempts,
    longestOutage: Math.round(recovery.longestOutage),
    heapStart,
    heapEnd: heap.at(-1) ?? 0,
    violations: rest.violations,
  };
}

function direction(
  { ledgers, delays }: World['up'] | World['down'],
  lostOnTheWire: Record<string, number>,
): DirectionReport {
  const { p50, p99, max } = delays.summary();
  return { ...total(ledgers), p50, p99, longest: max, lostOnTheWire };
}

function total(ledgers: readonly Ledger[]): LedgerCounts {
  const sum = (key: keyof LedgerCounts) => ledgers.reduce((all, { counts }) => all + counts[key], 0);
  return {
    sent: sum('sent'),
    arrived: sum('arrived'),
    repeats: sum('repeats'),
    mangled: sum('mangled'),
    outOfOrder: sum('outOfOrder'),
  };
}
