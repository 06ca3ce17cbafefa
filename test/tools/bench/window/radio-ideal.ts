import { seededRandom } from '../../../../src/util/random.js';

/** ms: each round trip takes the first, and up to the second on top. */
export interface Radio {
  readonly roundTrip: number;
  readonly jitter: number;
}

const MESSAGES = 100_000;

/**
 * Messages per second for a window if nothing but the radio took time: each goes out in the moment in which there is
 * room. Results keep their order, as on the one TCP connection that carries them, so a late one holds up those behind.
 */
export function idealRate(window: number, { roundTrip, jitter }: Radio): number {
  const random = seededRandom(1);
  const arrivals: number[] = [];
  let last = 0;
  for (let n = 0; n < MESSAGES; n += 1) {
    const sent = arrivals[n - window] ?? 0;
    last = Math.max(last, sent + roundTrip + jitter * random());
    arrivals.push(last);
  }
  return (MESSAGES / last) * 1000;
}
