/** ms. */
export interface AirLatency {
  /** From a packet to what comes back for it. */
  readonly roundTrip: number;
  /** Added to each, from 0 to this. */
  readonly jitter: number;
}

/**
 * The way through the radio, all of it on the way back: whatever the broker says becomes visible later, and in the
 * order in which it was said, as one TCP connection carries it.
 */
export class Air {
  readonly #latency: AirLatency;
  readonly #random: () => number;
  readonly #underway = new Set<NodeJS.Timeout>();
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
    if (this.#lastArrival <= now && this.#underway.size === 0) {
      arrive();
      return;
    }
    const timer = setTimeout(() => {
      this.#underway.delete(timer);
      arrive();
    }, this.#lastArrival - now);
    this.#underway.add(timer);
  }

  /** What is under way never arrives. */
  clear(): void {
    for (const timer of this.#underway) clearTimeout(timer);
    this.#underway.clear();
  }
}
