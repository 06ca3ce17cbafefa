import { abortedError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { deferred } from '../util/deferred.js';

/** Settles as the promise does, or rejects with `ABORTED` as soon as the signal fires: what was begun goes on. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = deferred<never>();
  const forget = onAbort(signal, () => aborted.reject(abortedError(signal)));
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    forget();
  }
}
