import type { DialectSession } from '../dialects/dialect.js';
import { TimeoutError } from '../errors/kinds.js';
import { onAbort } from '../util/abort.js';

/**
 * Runs one attempt; its signal fires when `limit` ms are over (then it rejects with `TIMEOUT`) or at `stop`. `what`
 * stands for it in the error.
 */
export async function attemptWithin<T>(
  what: string,
  limit: number,
  stop: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const attempt = new AbortController();
  const expired = new TimeoutError('result', limit, { command: what });
  const timer = setTimeout(() => attempt.abort(expired), limit);
  const forget = onAbort(stop, () => attempt.abort(stop.reason));
  try {
    return await run(attempt.signal);
  } catch (error) {
    throw attempt.signal.reason === expired ? expired : error;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** Limit in ms for DISCONNECT and close: a module that does not answer holds up nobody for longer. */
const FAREWELL_LIMIT = 10_000;

/** Ends a session in order if the module plays along; the broker misses the keepalive otherwise. Never rejects. */
export async function farewell(session: DialectSession | undefined): Promise<void> {
  await session?.close({ signal: AbortSignal.timeout(FAREWELL_LIMIT) }).catch(() => {});
}
