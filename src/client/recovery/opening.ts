import type { ModemError } from '../../errors/modem-error.js';
import type { WatchedSession } from './watched-session.js';

/** An attempt whose session has not been handed out, and what has ended it meanwhile. */
export class Opening {
  readonly #gone = new AbortController();
  #lost: ModemError | undefined;
  /** Undefined until there is a login. */
  session: WatchedSession | undefined;

  /** The module restarted, fell silent or lost its port, or the session ended. */
  lose(reason: ModemError): void {
    this.#lost ??= reason;
    this.#gone.abort(reason);
  }

  /** Fires with `attempt`, or when the attempt is lost. */
  signal(attempt: AbortSignal): AbortSignal {
    return AbortSignal.any([attempt, this.#gone.signal]);
  }

  /** What the attempt failed with: a loss counts more than what follows from it. */
  failure(error: unknown): unknown {
    return this.#lost ?? error;
  }

  throwIfLost(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }
}
