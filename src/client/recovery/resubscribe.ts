import type { Degradation, DialectSession, TopicFilter } from '../../dialects/dialect.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import { CLOSINGS, Suspicion } from '../outbox/suspicion.js';
import { lossKind } from './loss.js';

export interface ResubscriberHandlers {
  degraded(degradation: Degradation): void;
  /** The broker closes the connection for this filter: it is not to be restored any more. */
  refused(topic: string): void;
}

/** Refusals of what was asked, not failures of the session. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['SUBSCRIBE_FAILED', 'COMMAND_FAILED']);

/**
 * Restores subscriptions on one session after the other: one bad filter must not keep the client down for ever.
 *
 * If all together are refused, each filter is tried by itself, and those that are refused again are left out and told.
 * A broker may close the connection instead: one whose sessions end so while it is subscribed is found in the same way as
 * a message that the broker does not want (see `Suspicion`).
 */
export class Resubscriber {
  readonly #handlers: ResubscriberHandlers;
  readonly #suspicion = new Suspicion<string>();

  constructor(handlers: ResubscriberHandlers) {
    this.#handlers = handlers;
  }

  /** Rejects when the session fails. */
  async restore(
    session: DialectSession,
    filters: readonly TopicFilter[],
    signal: AbortSignal,
  ): Promise<void> {
    const topics = new Set(filters.map(({ topic }) => topic));
    this.#suspicion.opened(performance.now());
    this.#suspicion.retain((topic) => topics.has(topic));
    try {
      if (this.#suspicion.careful) await this.#oneByOne(session, filters, signal);
      else await this.#together(session, filters, signal);
    } catch (error) {
      this.#onFailed(error as ModemError);
      throw error;
    }
  }

  async #together(
    session: DialectSession,
    filters: readonly TopicFilter[],
    signal: AbortSignal,
  ): Promise<void> {
    const refusal = await this.#refused(session, filters, signal);
    if (refusal === undefined) return;
    // A session that cannot send refuses everything.
    if (!(await session.verify())) throw refusal;
    for (const filter of filters) {
      const reason = filters.length === 1 ? refusal : await this.#refused(session, [filter], signal);
      if (reason !== undefined) this.#handlers.degraded(missing(filter, reason));
    }
  }

  async #oneByOne(
    session: DialectSession,
    filters: readonly TopicFilter[],
    signal: AbortSignal,
  ): Promise<void> {
    await delay(this.#suspicion.wait(performance.now()), signal);
    if (await session.verify()) this.#suspicion.survived();
    for (const filter of filters) {
      const reason = await this.#refused(session, [filter], signal);
      if (reason !== undefined) this.#handlers.degraded(missing(filter, reason));
    }
  }

  /** The refusal, or undefined for a success. */
  async #refused(
    session: DialectSession,
    filters: readonly TopicFilter[],
    signal: AbortSignal,
  ): Promise<ModemError | undefined> {
    if (filters.length === 0) return undefined;
    // One that ended in the control says nothing of what it refuses now.
    if (this.#suspicion.clear)
      for (const { topic } of filters) this.#suspicion.sent(topic, performance.now());
    let refusal: ModemError | undefined;
    try {
      await session.subscribe(filters, { signal });
    } catch (error) {
      refusal = error as ModemError;
      if (!REFUSALS.has(refusal.code)) throw refusal;
    }
    for (const { topic } of filters) {
      this.#suspicion.settled(topic, performance.now(), true);
      this.#suspicion.forget(topic);
    }
    return refusal;
  }

  #onFailed(reason: ModemError): void {
    const { accused } = this.#suspicion.ended(lossKind(reason) === 'closed', performance.now());
    if (accused === undefined || accused.times < CLOSINGS) return;
    const { one: topic, times } = accused;
    this.#suspicion.forget(topic);
    this.#handlers.refused(topic);
    const consequence = `it is not restored any more: the broker closed the connection each time it was subscribed, ${times} times in a row`;
    this.#handlers.degraded({ setting: settingOf(topic), consequence, refusedBy: 'broker' });
  }
}

/** A result of the subscription does not say whether the broker or the module is why. */
function missing({ topic }: TopicFilter, { code, message }: ModemError): Degradation {
  return {
    setting: settingOf(topic),
    consequence: `its messages do not come until the next session: ${message}`,
    ...(code === 'COMMAND_FAILED' ? { refusedBy: 'module' } : {}),
  };
}

function settingOf(topic: string): string {
  return `subscription to "${topic}"`;
}
