import type { DialectSession } from '../dialects/dialect.js';

/** Limit in ms for DISCONNECT and close: a module that does not answer holds up nobody for longer. */
const LIMIT = 10_000;

/** Ends a session in order if the module plays along; the broker misses the keepalive otherwise. Never rejects. */
export async function farewell(session: DialectSession | undefined): Promise<void> {
  await session?.close({ signal: AbortSignal.timeout(LIMIT) }).catch(() => {});
}
