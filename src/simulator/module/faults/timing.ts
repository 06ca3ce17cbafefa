import { ArgumentError } from '../../../errors/kinds.js';

/** When a fault is switched on, and for how long. Times in ms. */
export interface Timing {
  /** `once` after `time`, or again and again, `time` apart on average. */
  readonly kind: 'once' | 'repeated';
  readonly time: number;
  /** After that it is switched off; undefined: never. */
  readonly duration: number | undefined;
}

/** How a time is written behind a fault. */
export const TIMING_HELP =
  'any of them at a time: reboot@5s (in 5 s), unplug@1m+10s (for 10 s), drop-broker%30s (about every 30 s), silent%2m+3s';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest delay that a timer takes, about 24 days. */
const MAX_TIME = 2 ** 31 - 1;

/** Splits `fault@time+duration` and `fault%time+duration`; throws an `ArgumentError`. */
export function splitTiming(spec: string): { readonly fault: string; readonly timing: Timing | undefined } {
  const [, fault = spec, sign, time, , duration] = /^([^@%]*)([@%])([^+]*)(\+(.*))?$/.exec(spec) ?? [];
  if (sign === undefined) return { fault, timing: undefined };
  const timing: Timing = {
    kind: sign === '@' ? 'once' : 'repeated',
    time: milliseconds(spec, time),
    duration: duration === undefined ? undefined : milliseconds(spec, duration),
  };
  return { fault, timing };
}

function milliseconds(spec: string, text = ''): number {
  const [, count, unit = ''] = /^(\d{1,10})(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (ms >= 1 && ms <= MAX_TIME) return ms;
  throw new ArgumentError(
    'fault',
    JSON.stringify(spec),
    'timed as in reboot@500ms, silent%30s+2s, 1 ms to 24 days',
  );
}

/** Switches by the clock until the returned function is called; `random` gives 0 ≤ x < 1. */
export function runTiming(
  { kind, time, duration }: Timing,
  random: () => number,
  switches: { readonly on: () => void; readonly off: () => void },
): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(begin, kind === 'once' ? time : interval(time, random));
  };
  const next = (): void => {
    if (kind === 'repeated') wait();
  };
  const begin = (): void => {
    switches.on();
    if (duration === undefined) return next();
    timer = setTimeout(() => {
      switches.off();
      next();
    }, duration);
  };
  wait();
  return () => clearTimeout(timer);
}

/** Events that know nothing of each other: the times between them are distributed exponentially. */
function interval(mean: number, random: () => number): number {
  return Math.min(MAX_TIME, Math.max(1, Math.round(-mean * Math.log(1 - random()))));
}
