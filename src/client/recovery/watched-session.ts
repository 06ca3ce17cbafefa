import type {
  DialectSession,
  Publication,
  RequestOptions,
  SessionState,
  TopicFilter,
} from '../../dialects/dialect.js';
import { TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { CheckedSession } from '../idle-check.js';

/**
 * A session that ends itself when `limit` results in a row have failed: the module may call it connected when nothing
 * flows any more. A failed result is one that did not come, or that says that a message was not delivered.
 */
export class WatchedSession implements DialectSession, CheckedSession {
  readonly #session: DialectSession;
  readonly #limit: number;
  readonly #dead: (reason: ModemError) => void;
  #failed = 0;
  #lastHeard = 0;
  /** Whether a failure in the row is of a request that the broker acknowledges: a mere "sent" disproves none of those. */
  #needsProof = false;

  constructor(session: DialectSession, limit: number, dead: (reason: ModemError) => void) {
    this.#session = session;
    this.#limit = limit;
    this.#dead = dead;
  }

  get lastHeard(): number {
    return this.#lastHeard;
  }

  /** Something came from the broker. */
  alive(): void {
    this.#lastHeard = performance.now();
    this.#failed = 0;
    this.#needsProof = false;
  }

  open(options?: RequestOptions): Promise<void> {
    return this.#session.open(options);
  }

  subscribe(filters: readonly TopicFilter[], options?: RequestOptions): Promise<void> {
    return this.#watch(true, this.#session.subscribe(filters, options));
  }

  unsubscribe(topics: readonly string[], options?: RequestOptions): Promise<void> {
    return this.#watch(true, this.#session.unsubscribe(topics, options));
  }

  publish(publication: Publication, options?: RequestOptions): Promise<void> {
    return this.#watch(publication.qos > 0, this.#session.publish(publication, options));
  }

  verify(): Promise<boolean> {
    return this.#session.verify();
  }

  check(): Promise<SessionState> {
    return this.#session.check();
  }

  drain(options?: RequestOptions): Promise<void> {
    return this.#session.drain(options);
  }

  close(options?: RequestOptions): Promise<void> {
    return this.#session.close(options);
  }

  abandon(reason: ModemError): void {
    this.#session.abandon(reason);
  }

  async #watch(acknowledged: boolean, request: Promise<void>): Promise<void> {
    try {
      await request;
      if (acknowledged || !this.#needsProof) this.alive();
    } catch (error) {
      if (isFailedResult(error)) this.#onFailed(acknowledged, error);
      throw error;
    }
  }

  #onFailed(acknowledged: boolean, cause: ModemError): void {
    this.#failed += 1;
    this.#needsProof ||= acknowledged;
    if (this.#failed !== this.#limit) return;
    const times = this.#limit === 1 ? 'a result' : `${this.#limit} results in a row`;
    this.#dead(new ModemError('SESSION_LOST', `session lost: ${times} failed (${cause.message})`, { cause }));
  }
}

function isFailedResult(error: unknown): error is ModemError {
  if (error instanceof TimeoutError) return error.stage === 'result';
  return error instanceof ModemError && error.code === 'PUBLISH_FAILED';
}
