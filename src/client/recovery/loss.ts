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
