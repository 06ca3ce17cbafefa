import type { Client } from '../../../src/client/client.js';

/** How often and how long the client was without a session, and what brought it back. */
export class RecoveryWatch {
  /** Attempts by rung. */
  readonly attempts: Record<string, number> = {};
  /** Sessions that came back, by the rung of the last attempt. */
  readonly recoveries: Record<string, number> = {};
  outages = 0;
  /** ms. */
  longestOutage = 0;
  #since: number | undefined;
  #rung = '';

  constructor(client: Client) {
    client.on('offline', () => {
      this.outages += 1;
      this.#since = performance.now();
    });
    client.on('recovery', ({ rung }) => {
      this.#rung = rung;
      add(this.attempts, rung);
    });
    client.on('connect', () => {
      if (this.#since === undefined) return;
      this.longestOutage = Math.max(this.longestOutage, performance.now() - this.#since);
      this.#since = undefined;
      add(this.recoveries, this.#rung);
    });
  }
}

export function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
