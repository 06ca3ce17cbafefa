import type { PortPhase } from '../../../../src/provisioning/station/station-types.js';
import type { ModuleLog, ModuleTimes } from './floor-messages.js';

/** What the station told of one unit; times in ms since 1970. */
export interface UnitLog {
  readonly phases: readonly { readonly phase: PortPhase; readonly at: number }[];
  readonly finished: number;
}

/** What a station adds to a unit, by what it does, in ms. */
export type Added = Readonly<Record<(typeof PARTS)[number], number>>;

export const PARTS = [
  'noticing it',
  'start-up commands',
  'identification',
  'network wait',
  'reservation',
  'writing the triple',
  'connecting',
  'proof',
  'disconnect and end',
] as const;

/** When each part begins; the last one ends with the result. */
function beginnings(unit: UnitLog, module: ModuleLog): Readonly<Record<(typeof PARTS)[number], number>> {
  const first = module.commands.find(({ at }) => at >= module.booted)?.at ?? module.booted;
  const last = (phase: PortPhase): number =>
    unit.phases.findLast((entry) => entry.phase === phase)?.at ?? Number.NaN;
  return {
    'noticing it': module.booted,
    'start-up commands': first,
    identification: last('identifying'),
    'network wait': last('network'),
    reservation: last('reserving'),
    'writing the triple': last('writing'),
    connecting: last('connecting'),
    proof: last('proving'),
    'disconnect and end': last('disconnecting'),
  };
}

/**
 * How long each part took beyond what the module takes by itself. What is done while the module registers adds
 * nothing.
 */
export function addedTimes(unit: UnitLog, module: ModuleLog, times: ModuleTimes): Added {
  const begins = beginnings(unit, module);
  const own: Partial<Record<(typeof PARTS)[number], number>> = {
    connecting: times.connect,
    proof: times.proof,
  };
  const entries = PARTS.map((part, index) => {
    const next = PARTS[index + 1];
    const end = next === undefined ? unit.finished : begins[next];
    const begin = Math.max(begins[part], Math.min(module.registered, end));
    return [part, end - begin - (own[part] ?? 0)] as const;
  });
  return Object.fromEntries(entries) as Added;
}
