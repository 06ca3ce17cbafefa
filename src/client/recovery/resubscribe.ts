import type { Degradation, DialectSession, TopicFilter } from '../../dialects/dialect.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { ModemError } from '../../errors/modem-error.js';

/** Refusals of what was asked, not failures of the session. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['SUBSCRIBE_FAILED', 'COMMAND_FAILED']);

/**
 * Restores subscriptions on a new session. If that is refused, each filter is tried by itself, and those that are
 * refused again are left out and told: one bad filter must not keep the client down for ever. Rejects when the session
 * fails.
 */
export async function resubscribe(
  session: DialectSession,
  filters: readonly TopicFilter[],
  signal: AbortSignal,
  degraded: (degradation: Degradation) => void,
): Promise<void> {
  const refusal = await refused(session, filters, signal);
  if (refusal === undefined) return;
  // A session that cannot send refuses everything.
  if (!(await session.verify())) throw refusal;
  for (const filter of filters) {
    const reason = filters.length === 1 ? refusal : await refused(session, [filter], signal);
    if (reason !== undefined) degraded(missing(filter, reason));
  }
}

/** The refusal, or undefined for a success. */
async function refused(
  session: DialectSession,
  filters: readonly TopicFilter[],
  signal: AbortSignal,
): Promise<ModemError | undefined> {
  try {
    if (filters.length > 0) await session.subscribe(filters, { signal });
    return undefined;
  } catch (error) {
    if (REFUSALS.has((error as ModemError).code)) return error as ModemError;
    throw error;
  }
}

function missing({ topic }: TopicFilter, { message }: ModemError): Degradation {
  return {
    setting: `subscription to "${topic}"`,
    consequence: `its messages do not come until the next session: ${message}`,
  };
}
