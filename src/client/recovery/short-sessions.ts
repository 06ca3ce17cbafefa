import type { LossKind } from './loss.js';

/** Short sessions in a row that tell of another client: one such end is a broker that restarts, two may be chance. */
const TELLING = 3;

/**
 * Counts short sessions in a row that were closed from outside for no reason that this client knows. A second client
 * with the same id does that: the broker ends the older session when the newer one connects (MQTT 3.1.1 3.1.4-2), and
 * both come back for ever.
 */
export class ShortSessions {
  #count = 0;

  /** `stable`: the session was up for long; `explained`: it is known what the broker closed it for. */
  ended(kind: LossKind, stable: boolean, explained: boolean): void {
    this.#count = kind === 'closed' && !stable && !explained ? this.#count + 1 : 0;
  }

  /** What may be behind it, in words, or undefined. */
  suspicion(clientId: string): string | undefined {
    if (this.#count < TELLING) return undefined;
    const id = JSON.stringify(clientId);
    return `${this.#count} short sessions in a row were closed: perhaps another client uses the client id ${id} too, and the broker ends the older session each time`;
  }
}
