import type {
  DialectSession,
  Publication,
  RequestOptions,
  SessionState,
  TopicFilter,
} from '../../src/dialects/dialect.js';
import { CommandError } from '../../src/errors/kinds.js';
import type { ModemError } from '../../src/errors/modem-error.js';
import { type Deferred, deferred } from '../../src/util/deferred.js';

export class Request {
  readonly publication: Publication;
  readonly options: RequestOptions;
  readonly done: Deferred<void> = deferred();

  constructor(publication: Publication, options: RequestOptions) {
    this.publication = publication;
    this.options = options;
  }
}

/** A session whose publishes do what the test says, by the text of their payload. */
export class FakeSession implements DialectSession {
  /** Payloads handed over, in their order. */
  readonly sent: string[] = [];
  readonly subscribed: TopicFilter[] = [];
  /** Set to make `subscribe` wait, or fail. */
  subscribing: Promise<void> | undefined;
  alive = true;
  verified = 0;
  /** Set to make `verify` wait. */
  verifying: Promise<void> | undefined;
  readonly #requests = new Map<string, Request>();

  publish(publication: Publication, options: RequestOptions = {}): Promise<void> {
    const text = publication.payload.toString();
    const request = new Request(publication, options);
    this.sent.push(text);
    this.#requests.set(text, request);
    options.signal?.addEventListener('abort', () => request.done.reject(options.signal?.reason));
    return request.done.promise;
  }

  /** What was handed over since the last time. */
  take(): string[] {
    return this.sent.splice(0);
  }

  accept(...texts: string[]): void {
    for (const text of texts) this.#of(text).options.onAccepted?.();
  }

  async succeed(...texts: string[]): Promise<void> {
    for (const text of texts) this.#of(text).done.resolve();
    await turn();
  }

  async fail(text: string, error: ModemError | Error): Promise<void> {
    this.#of(text).done.reject(error);
    await turn();
  }

  async refuse(text: string): Promise<void> {
    await this.fail(text, new CommandError('ERROR', undefined, undefined, {}));
  }

  async verify(): Promise<boolean> {
    this.verified += 1;
    await this.verifying;
    return this.alive;
  }

  async check(): Promise<SessionState> {
    return this.alive ? 'alive' : 'lost';
  }

  async drain(): Promise<void> {}
  async open(): Promise<void> {}
  async subscribe(filters: readonly TopicFilter[]): Promise<void> {
    this.subscribed.push(...filters);
    await this.subscribing;
  }

  async unsubscribe(): Promise<void> {}
  async close(): Promise<void> {}
  abandon(): void {}

  #of(text: string): Request {
    const request = this.#requests.get(text);
    if (request === undefined) throw new Error(`${text} was not handed over`);
    return request;
  }
}

export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
