import type { Arrival } from './downlinks.js';
import type { FaultWatch } from './fault-watch.js';
import { add } from './recovery-watch.js';
import type { World } from './world.js';

/** What became of messages that did not arrive. */
export interface Missing {
  /** Those that no driver could have saved, by the fault that took them. */
  readonly lost: { readonly up: Record<string, number>; readonly down: Record<string, number> };
  /** Those that the driver has to answer for, and order that was not kept: a sentence each. */
  readonly violations: string[];
}

/** Looks for every message that was accepted and did not arrive, and for order that was not kept. */
export function missing(world: World, faults: FaultWatch): Missing {
  const found: Missing = { lost: { up: {}, down: {} }, violations: [] };
  missingUp(world, faults, found);
  missingDown(world, faults, found);
  const disordered = { ...world.down.disordered };
  for (const { topic, counts } of world.up.ledgers) disordered[topic] = counts.outOfOrder;
  for (const [topic, count] of Object.entries(disordered)) {
    if (count > 0) found.violations.push(`${topic}: ${count} messages out of order`);
  }
  return found;
}

/** An uplink counts as delivered when its promise resolves. */
function missingUp({ up }: World, faults: FaultWatch, found: Missing): void {
  for (const { topic, outstanding } of up.ledgers) {
    for (const { sequence, sent, acknowledged } of outstanding) {
      const excuse = faults.damagingUplinks(sent, acknowledged ?? performance.now());
      if (excuse !== undefined) add(found.lost.up, excuse);
      else
        found.violations.push(`${topic} ${sequence}: ${acknowledged ? 'resolved, but' : ''} not delivered`);
    }
  }
}

/** The broker answers for a downlink until the module has acknowledged it, the driver once it came over the line. */
function missingDown({ down }: World, faults: FaultWatch, found: Missing): void {
  for (const { topic, outstanding } of down.ledgers) {
    for (const { sequence, acknowledged } of outstanding) {
      const came = down.cameWhole(topic, sequence);
      const excuse = down.isUnheard(topic, sequence)
        ? 'port-closed'
        : excuseOnTheLine(faults, acknowledged, came);
      if (excuse !== undefined) add(found.lost.down, excuse);
      else found.violations.push(`${topic} ${sequence}: ${stage(acknowledged, came?.time)}, not delivered`);
    }
  }
}

function excuseOnTheLine(
  faults: FaultWatch,
  acknowledged: number | undefined,
  came: Arrival | undefined,
): string | undefined {
  if (came === undefined) return acknowledged === undefined ? undefined : faults.losingOutput(acknowledged);
  return faults.damagingOutput(came.time);
}

function stage(acknowledged: number | undefined, came: number | undefined): string {
  if (came !== undefined) return `came over the serial line whole at ${Math.round(came)} ms`;
  if (acknowledged !== undefined) return `acknowledged by the module at ${Math.round(acknowledged)} ms`;
  return 'never acknowledged by the module';
}
