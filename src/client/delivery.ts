import { ArgumentError, TimeoutError } from '../errors/kinds.js';
import { abortedError, type ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { deferred } from '../util/deferred.js';

export interface WaitOptions {
  /** Limit in ms for everything, waiting for a session included; default none. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A promise that the caller can give up by time limit or signal; whoever works on it sees that in `signal`. */
export interface Delivery {
  readonly promise: Promise<void>;
  /** Undefined if there is neither a limit nor a signal: nobody can give it up. */
  readonly signal: AbortSignal | undefined;
  resolve(): void;
  reject(error: ModemError): void;
}

/** `what` stands for the request in errors; `stage` is told with a time limit that ran out. */
export function delivery(
  what: string,
  { timeout, signal }: WaitOptions,
  givenUp: (error: ModemError) => void,
): Delivery {
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0 && timeout < 2 ** 31)) {
    throw new ArgumentError('timeout', String(timeout), 'more than 0 and less than 2147483648 ms');
  }
  const { promise, resolve, reject } = deferred<void>();
  const controller = timeout === undefined && signal === undefined ? undefined : new AbortController();
  const giveUp = (error: ModemError) => {
    finish(() => reject(error));
    controller?.abort(error);
    givenUp(error);
  };
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => giveUp(new TimeoutError('result', timeout, { command: what })), timeout);
  let forget = () => {};
  const finish = (settle: () => void) => {
    clearTimeout(timer);
    forget();
    settle();
  };
  forget = onAbort(signal, () => giveUp(abortedError(signal as AbortSignal, what)));
  return {
    promise,
    signal: controller?.signal,
    resolve: () => finish(() => resolve()),
    reject: (error) => finish(() => reject(error)),
  };
}
