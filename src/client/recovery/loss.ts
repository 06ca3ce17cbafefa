import { ConnectionClosedError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';

/**
 * What ended a session that was up:
 *
 * - `closed`: the connection was closed from outside, while module and port work: by a broker that went away, does not
 *   want a message, or serves another client of the same id, or by the network.
 * - `dead`: the module calls it connected, but nothing flows.
 * - `module`: the module restarted, fell silent or failed.
 * - `port`: the port is gone.
 */
export type LossKind = 'closed' | 'dead' | 'module' | 'port';

/** `reason`: of the loss, or of a request that failed because of it. */
export function lossKind(reason: ModemError): LossKind {
  if (originOf(reason) instanceof ConnectionClosedError) return 'closed';
  if (reason.code.startsWith('PORT_')) return 'port';
  return reason.code === 'SESSION_LOST' ? 'dead' : 'module';
}

/** What the sender of messages knows of a loss. */
export interface Clue {
  /** Whole sentences without the last full stop. */
  readonly suspicion: string;
  /** It is known what the session was closed for: the next one is not in vain, and need not wait. */
  readonly explained: boolean;
}

/** Each request that a loss ends gets an error of its own, with the loss as its cause. */
function originOf(reason: ModemError): ModemError {
  const { cause, code } = reason;
  return cause instanceof ModemError && cause.code === code ? originOf(cause) : reason;
}

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
