/** ms. */
export interface AirLatency {
  /** From a packet to what comes back for it. */
  readonly roundTrip: number;
  /** Added to each, from 0 to this. */
  readonly jitter: number;
}

interface Carried {
  /** By `performance.now()`. */
  readonly at: number;
  arrive(): void;
}

/**
 * The way through the radio, all of it on the way back: whatever the broker says becomes visible later, and in the
 * order in which it was said, as one TCP connection carries it. One timer for all: two of them may fire in either order
 * when the process is late.
 */
export class Air {
  readonly #latency: AirLatency;
  readonly #random: () => number;
  #underway: Carried[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastArrival = 0;

  constructor(latency: AirLatency, random: () => number) {
    this.#latency = latency;
    this.#random = random;
  }

  /** Calls `arrive` when the latency has passed; at once if there is none. */
  carry(arrive: () => void): void {
    const { roundTrip, jitter } = this.#latency;
    const now = performance.now();
    this.#lastArrival = Math.max(this.#lastArrival, now + roundTrip + jitter * this.#random());
    if (this.#lastArrival <= now && this.#underway.length === 0) {
      arrive();
      return;
    }
    this.#underway.push({ at: this.#lastArrival, arrive });
    this.#schedule();
  }

  /** What is under way never arrives. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#underway = [];
  }

  #schedule(): void {
    const [next] = this.#underway;
    if (next === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#deliver();
      this.#schedule();
    }, next.at - performance.now());
  }

  #deliver(): void {
    const now = performance.now();
    while ((this.#underway[0]?.at ?? Number.POSITIVE_INFINITY) <= now) this.#underway.shift()?.arrive();
  }
}
