import type { Latency } from '../../../src/simulator/options.js';
import { seededRandom } from '../../../src/util/random.js';
import { FAULTS, type FaultKind } from './faults.js';
import type { Way } from './world.js';

export const MODES = ['file', 'registration', 'mixed'] as const;
export type Mode = (typeof MODES)[number];

/** When a fault begins: at the so-many-th of these since the case began. */
export type Moment =
  | { readonly at: 'command'; readonly unit: number; readonly count: number }
  | { readonly at: 'login' | 'proof' | 'registration' | 'result'; readonly count: number };

/** Times in ms. */
export interface PlannedFault {
  readonly kind: FaultKind;
  readonly moment: Moment;
  /** From the moment on. */
  readonly lag: number;
  readonly hold: number;
  /** Which module, where it is one's. */
  readonly unit: number;
  /** What stands for `#`. */
  readonly count: number;
}

export interface CasePlan {
  readonly seed: number;
  readonly way: Way;
  readonly units: number;
  /** In the file. */
  readonly triples: number;
  /** Whether the station ends by itself; else it is told to when each port has a result. */
  readonly once: boolean;
  readonly latency: Latency;
  readonly faults: readonly PlannedFault[];
}

/** Command lines that a module hears until its result, and some more. */
const COMMANDS = 40;

type Draw = (min: number, max: number) => number;

/** Each case has a seed of its own, so that it can be repeated alone. */
export function caseSeed(seed: number, number: number): number {
  return (seed * 100_003 + number) >>> 0;
}

/** The case of a seed; the same for the same seed, mode and number of ports. */
export function casePlan(seed: number, mode: Mode, units: number): CasePlan {
  const random = seededRandom(seed);
  const draw: Draw = (min, max) => min + Math.floor(random() * (max - min + 1));
  const chance = (share: number) => random() < share;
  const way = drawWay(mode, chance);
  const latency = { response: draw(0, 15), roundTrip: draw(0, 40), boot: draw(0, 300) };
  const faults = Array.from({ length: draw(1, 4) }, () => drawFault(way, units, draw, random));
  const once = chance(0.5);
  return { seed, way, units, triples: drawTriples(way, units, draw, chance), once, latency, faults };
}

function drawWay(mode: Mode, chance: (share: number) => boolean): Way {
  if (mode === 'file' || (mode === 'mixed' && chance(0.4))) return 'file';
  return chance(0.3) ? 'module' : 'http';
}

/** Now and then the pool runs dry in the middle; then a product names the others, if there is one. */
function drawTriples(way: Way, units: number, draw: Draw, chance: (share: number) => boolean): number {
  if (way === 'file') return chance(0.1) ? draw(1, units) : units + draw(0, 3);
  return chance(0.3) ? draw(1, units - 1) : 0;
}

function drawFault(way: Way, units: number, draw: Draw, random: () => number): PlannedFault {
  const kinds = FAULTS.filter(({ ways = [way] }) => ways.includes(way));
  const sum = kinds.reduce((total, { weight }) => total + weight, 0);
  let left = random() * sum;
  const kind = kinds.find(({ weight }) => {
    left -= weight;
    return left <= 0;
  });
  if (kind === undefined) throw new Error('there is a fault for every draw');
  const unit = draw(0, units - 1);
  const moment = drawMoment(kind, way, units, unit, draw);
  return { kind, moment, lag: draw(0, 60), hold: draw(...kind.hold), unit, count: draw(1, 4) };
}

/** A module's faults go by what that module hears; those of the rest by anything. */
function drawMoment({ target }: FaultKind, way: Way, units: number, unit: number, draw: Draw): Moment {
  const command = { at: 'command', unit, count: draw(1, COMMANDS) } as const;
  const events = [
    'login',
    'proof',
    'result',
    ...(way === 'file' ? [] : (['registration'] as const)),
  ] as const;
  const event = events[draw(0, events.length - 1)] ?? 'login';
  const share = draw(1, 100);
  if (share <= (target.of === 'module' ? 85 : 50)) return command;
  return { at: event, count: draw(1, units) };
}
