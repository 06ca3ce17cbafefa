import type { CommandPort } from '../../at/command.js';
import { CommandError, MqttError } from '../../errors/kinds.js';
import { abortedError, ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';
import { MAX_MESSAGE_ID } from './limits.js';

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

/** `<msgID>`s in turn, 1–65535: one that ran out of time comes again as late as can be (lmqtt.md 8). */
export class MessageIds {
  #last = 0;

  next(): number {
    this.#last = (this.#last % MAX_MESSAGE_ID) + 1;
    return this.#last;
  }
}

const IDS_OF_PORTS = new WeakMap<CommandPort, MessageIds>();

/** The ids of a module outlive its sessions: a late result of one session answers no request of the next. */
export function messageIdsOf(port: CommandPort): MessageIds {
  const known = IDS_OF_PORTS.get(port);
  if (known !== undefined) return known;
  const ids = new MessageIds();
  IDS_OF_PORTS.set(port, ids);
  return ids;
}

/** Whether the module or the broker has spoken. */
export function isAnswer(error: unknown): boolean {
  return error instanceof MqttError || error instanceof CommandError;
}

/** For a failure that may be that of an earlier attempt, where no second one is made. */
export function doubt(cause: unknown): ModemError {
  return new ModemError('CONNECT_FAILED', 'connect failed: the answer may be that to an earlier attempt', {
    cause,
  });
}
