import { seededRandom } from '../../../src/util/random.js';

interface Kind {
  /** As `SimulatedModem.faults` takes it; a function draws its parameter. */
  readonly fault: string | ((draw: (min: number, max: number) => number) => string);
  /** Happens and is over. */
  readonly momentary?: true;
  /** How often beside the others, default 1. */
  readonly weight?: number;
}

/**
 * What can go wrong, save `publish-result=0`: a module that says delivered and has sent nothing cannot be found out.
 */
const KINDS: readonly Kind[] = [
  { fault: 'reboot', momentary: true, weight: 2 },
  { fault: 'drop-broker', momentary: true, weight: 2 },
  { fault: 'session-dead', momentary: true, weight: 0.3 },
  { fault: 'broker-loss' },
  { fault: 'radio-loss' },
  { fault: 'power-off' },
  { fault: 'unplug' },
  { fault: 'silent' },
  { fault: 'hidden-loss' },
  { fault: 'connect-fails' },
  { fault: 'open-fails' },
  { fault: 'subscribe-fails' },
  { fault: (draw) => `publish-result=${draw(1, 2)}:2` },
  { fault: (draw) => `busy-above=${draw(1, 4)}` },
  { fault: 'refuse-setting=urc' },
  { fault: (draw) => `lost-ok=${draw(1, 2)}` },
  { fault: (draw) => `late-ok=${draw(100, 8_000)}` },
  { fault: (draw) => `result-before-ok=${draw(0, 200)}` },
  { fault: 'shuffled-results=500' },
  { fault: 'no-prompt', weight: 0.5 },
  { fault: 'stuck-prompt', weight: 0.5 },
  // Both at once stay within what the driver gives a counted payload: 2 s and 2 ms a byte, twice the time at 9600 baud.
  { fault: (draw) => `slow=${draw(1, 5)}` },
  { fault: (draw) => `split=${draw(5, 20)}` },
  { fault: 'garbage' },
  { fault: 'chatter' },
  { fault: 'echo' },
  { fault: (draw) => `lost-lines=${draw(5, 30)}` },
  { fault: (draw) => `lost-bytes=${draw(100, 2_000)}` },
  { fault: (draw) => `corrupt=${draw(100, 2_000)}` },
  { fault: (draw) => `lost-input=${draw(100, 2_000)}` },
];

interface FaultPlanOptions {
  readonly seed: number;
  /** ms from one fault to the next, on average. */
  readonly every: number;
  /** ms that a fault lasts at most. */
  readonly longest: number;
}

/** The schedule, as `SimulatedModem.faults.on` takes it; the same for the same seed. */
export function faultPlan({ seed, every, longest }: FaultPlanOptions): string[] {
  const random = seededRandom(seed);
  const draw = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
  const weights = KINDS.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return KINDS.map(({ fault, momentary, weight = 1 }) => {
    const spec = typeof fault === 'string' ? fault : fault(draw);
    const mean = Math.round((every * weights) / weight);
    return `${spec}%${mean}ms${momentary ? '' : `+${draw(Math.ceil(longest / 10), longest)}ms`}`;
  });
}
