import { abortedError } from '../../errors/aborted.js';
import { ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';

/**
 * The requests of a session under way. Each runs with a signal that fires when its caller gives it up or when the
 * session ends; in the second case it rejects with the reason for that.
 */
export class SessionRequests {
  readonly #controllers = new Set<AbortController>();
  #ended: ModemError | undefined;

  /** Why the session ended, or undefined. */
  get ended(): ModemError | undefined {
    return this.#ended;
  }

  async run<T>(caller: AbortSignal | undefined, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#ended !== undefined) throw this.#again(this.#ended);
    if (caller?.aborted) throw abortedError(caller);
    const controller = new AbortController();
    const forget = onAbort(caller, () => controller.abort(caller?.reason));
    this.#controllers.add(controller);
    try {
      return await request(controller.signal);
    } catch (error) {
      if (this.#ended !== undefined) throw this.#again(this.#ended);
      throw error;
    } finally {
      forget();
      this.#controllers.delete(controller);
    }
  }

  /** Ends the requests under way and refuses later ones; the first reason stands. */
  end(reason: ModemError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const controller of this.#controllers) controller.abort(reason);
  }

  /** Each request gets an error of its own, with its own stack. */
  #again(reason: ModemError): ModemError {
    return new ModemError(reason.code, reason.message, { cause: reason });
  }
}
