import { onAbort } from './abort.js';

/** Resolves after `ms`, or as soon as the signal aborts: the caller looks at the signal if it matters. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let forget = () => {};
    const timer = setTimeout(() => {
      forget();
      resolve();
    }, ms);
    forget = onAbort(signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
