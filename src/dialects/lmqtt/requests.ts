import { abortedError } from '../../errors/aborted.js';
import { ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';

/**
 * The requests of a session under way. Each runs with a signal that fires when its caller gives it up or when the
 * session ends; in the second case it rejects with the reason for that.
 */
export class SessionRequests {
  readonly #session = new AbortController();
  #ended: ModemError | undefined;

  /** Why the session ended, or undefined. */
  get ended(): ModemError | undefined {
    return this.#ended;
  }

  async run<T>(caller: AbortSignal | undefined, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#ended !== undefined) throw this.#again(this.#ended);
    if (caller?.aborted) throw abortedError(caller);
    // Most are never given up by themselves: a controller for each would cost more than the command line.
    const both = caller && firstOf(caller, this.#session.signal);
    try {
      return await request(both?.signal ?? this.#session.signal);
    } catch (error) {
      if (this.#ended !== undefined) throw this.#again(this.#ended);
      throw error;
    } finally {
      both?.forget();
    }
  }

  /** Ends the requests under way and refuses later ones; the first reason stands. */
  end(reason: ModemError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#session.abort(reason);
  }

  /** Each request gets an error of its own, with its own stack. */
  #again(reason: ModemError): ModemError {
    return new ModemError(reason.code, reason.message, { cause: reason });
  }
}

/** Fires with the reason of the one that fires first, until it is forgotten. */
function firstOf(...signals: readonly AbortSignal[]): { readonly signal: AbortSignal; forget(): void } {
  const controller = new AbortController();
  const forgets = signals.map((signal) => onAbort(signal, () => controller.abort(signal.reason)));
  return {
    signal: controller.signal,
    forget: () => {
      for (const forget of forgets) forget();
    },
  };
}
