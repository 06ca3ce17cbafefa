interface Waiting {
  readonly listeners: Set<() => void>;
  readonly tell: () => void;
}

/** A signal that stands for a thousand publishes would search all its listeners for each one: it has one of ours. */
const WAITING = new WeakMap<AbortSignal, Waiting>();

/** Calls `listener` when the signal aborts, at once if it has; the returned function takes the listener back. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    listener();
    return () => {};
  }
  const { listeners, tell } = WAITING.get(signal) ?? waitingFor(signal);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    signal.removeEventListener('abort', tell);
    WAITING.delete(signal);
  };
}

function waitingFor(signal: AbortSignal): Waiting {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) tellOne(listener);
  };
  signal.addEventListener('abort', tell, { once: true });
  const waiting = { listeners, tell };
  WAITING.set(signal, waiting);
  return waiting;
}

/** As an `EventTarget` does: what one throws becomes an uncaught exception, and the others are told all the same. */
function tellOne(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
