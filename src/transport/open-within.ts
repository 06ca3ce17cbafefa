import type { Duplex } from 'node:stream';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';

export interface OpenOptions {
  /** Gives up opening; what was half open is closed. */
  readonly signal?: AbortSignal;
  /** Limit in ms for opening, default 10 000. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 10_000;

/** The longest time that a timer of Node can run, in ms. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/**
 * Opens a stream within the limits of the caller. `open` gets a signal that fires when they are reached; a stream that
 * it gives after that is destroyed. Rejects with `ABORTED`, or with `PORT_FAILED` when the time ran out.
 */
export async function openWithin(
  name: string,
  { signal, timeout = DEFAULT_TIMEOUT }: OpenOptions,
  open: (options: OpenOptions) => Promise<Duplex>,
): Promise<Duplex> {
  if (!(timeout > 0 && timeout <= MAX_TIMEOUT)) {
    throw new ArgumentError('timeout', String(timeout), `a number of ms above 0, at most ${MAX_TIMEOUT}`);
  }
  if (signal?.aborted) throw abortedError(name, signal);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timeoutError(name, timeout)), timeout);
  const forget = onAbort(signal, () => limit.abort(abortedError(name, signal)));
  // Behind `async`, so that what `open` throws is a rejection too.
  const opening = (async () => open({ signal: limit.signal, timeout }))();
  try {
    return await Promise.race([opening, rejectOnAbort(limit.signal)]);
  } catch (error) {
    opening.then(destroy, () => {});
    throw error;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    onAbort(signal, () => reject(signal.reason));
  });
}

function destroy(stream: Duplex): void {
  stream.destroy();
}

function timeoutError(name: string, timeout: number): ModemError {
  return new ModemError('PORT_FAILED', `${name}: could not be opened within ${timeout} ms`);
}

function abortedError(name: string, signal: AbortSignal | undefined): ModemError {
  return new ModemError('ABORTED', `${name}: opening was aborted by the caller`, { cause: signal?.reason });
}
