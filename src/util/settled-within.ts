import { delay } from './delay.js';

/** Resolves when the promise does, or after `ms`. */
export async function settledWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  const limit = new AbortController();
  await Promise.race([promise, delay(ms, limit.signal)]);
  limit.abort();
}
