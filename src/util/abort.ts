import { setMaxListeners } from 'node:events';

/** Calls `listener` when the signal aborts, at once if it has; the returned function takes the listener back. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    listener();
    return () => {};
  }
  // One signal may stand for a thousand publishes: that is no leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
