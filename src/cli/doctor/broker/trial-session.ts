import { attemptWithin, farewell } from '../../../client/attempt.js';
import type { ClientSettings } from '../../../client/options.js';
import type { Degradation, DialectSession, SessionOptions } from '../../../dialects/dialect.js';
import { abortedError, type ModemError } from '../../../errors/modem-error.js';
import type { Modem } from '../../../modem/modem.js';
import { onAbort } from '../../../util/abort.js';
import { type Deferred, deferred } from '../../../util/deferred.js';

/** With an acknowledgement: the round trip to the broker is told apart from that of the message. */
const QOS = 1;

/** A message to itself that is on its way. */
interface Expected {
  readonly topic: string;
  readonly payload: Buffer;
  readonly returned: Deferred<'returned'>;
}

/** A session of its own, one step at a time, without recovery: a failure is what the doctor is after. */
export class TrialSession {
  readonly options: SessionOptions;
  /** Settings that the module refused. */
  readonly degradations: Degradation[] = [];
  readonly #session: DialectSession;
  readonly #settings: ClientSettings;
  readonly #signal: AbortSignal;
  readonly #connecting = deferred<void>();
  readonly #lost = deferred<never>();
  #connected: Promise<void> | undefined;
  #expected: Expected | undefined;

  constructor(modem: Modem, options: SessionOptions, settings: ClientSettings, signal: AbortSignal) {
    this.options = options;
    this.#settings = settings;
    this.#signal = signal;
    // A loss that nobody waits for is seen by the next step.
    this.#lost.promise.catch(() => {});
    this.#session = settings.dialect.createSession(modem, options, {
      message: ({ topic, payload }) => this.#onMessage(topic, payload),
      degraded: (degradation) => this.degradations.push(degradation),
      lost: (reason: ModemError) => this.#lost.reject(reason),
      connecting: () => this.#connecting.resolve(),
    });
  }

  /** Settings and connection; CONNECT follows at once, as brokers do not wait. Rejects as the session does. */
  async open(): Promise<void> {
    const { connectTimeout } = this.#settings;
    this.#connected = attemptWithin('connect', connectTimeout, this.#signal, (signal) =>
      this.#session.open({ signal }),
    );
    this.#connected.catch(() => {});
    await Promise.race([this.#connecting.promise, this.#connected]);
  }

  /** Resolves when the broker has accepted CONNECT. */
  async connected(): Promise<void> {
    await this.#connected;
  }

  subscribe(topic: string): Promise<void> {
    return this.#session.subscribe([{ topic, qos: QOS }], { signal: this.#signal });
  }

  /** Resolves with the round trip in ms, or undefined if the message was not back in time. Rejects if it did not leave. */
  async sendToItself(topic: string, payload: Buffer, limit: number): Promise<number | undefined> {
    const returned = deferred<'returned'>();
    this.#expected = { topic, payload, returned };
    const start = performance.now();
    const published = this.#session.publish(
      { topic, payload, qos: QOS, retain: false },
      { signal: this.#signal },
    );
    await Promise.race([published, this.#lost.promise]);
    const late = this.#limit(limit);
    const outcome = await Promise.race([returned.promise, late.promise, this.#lost.promise]).finally(
      late.forget,
    );
    return outcome === 'returned' ? performance.now() - start : undefined;
  }

  /** Why the session ended, if it did. Never rejects otherwise. */
  throwIfLost(): Promise<void> {
    return Promise.race([this.#lost.promise, Promise.resolve()]);
  }

  /** DISCONNECT and close; never rejects. */
  close(): Promise<void> {
    return farewell(this.#session);
  }

  /** DISCONNECT and close. Rejects as the session does. */
  disconnect(): Promise<void> {
    return this.#session.close({ signal: this.#signal });
  }

  #onMessage(topic: string, payload: Buffer): void {
    const { topic: wanted, payload: sent, returned } = this.#expected ?? {};
    if (topic === wanted && sent?.equals(payload)) returned?.resolve('returned');
  }

  #limit(ms: number): { readonly promise: Promise<'late'>; forget(): void } {
    const { promise, resolve, reject } = deferred<'late'>();
    const timer = setTimeout(() => resolve('late'), ms);
    const forgetSignal = onAbort(this.#signal, () => reject(abortedError(this.#signal)));
    return {
      promise,
      forget: () => {
        clearTimeout(timer);
        forgetSignal();
      },
    };
  }
}
