import { randomBytes } from 'node:crypto';
import type { Degradation, DialectSession, InboundMessage, TopicFilter } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { ProbeSettings } from './probe-options.js';

export interface ProbeHandlers {
  /** A probe did not come back: the session is dead. */
  missed(reason: ModemError): void;
  degraded(degradation: Degradation): void;
}

/**
 * Sends small messages to itself through the broker, and tells when one does not come back: the only proof that
 * messages flow both ways. The first one goes out as soon as the session is up. While none has ever come back, a miss
 * means that the broker does not let this client use the topic, which a SUBACK may not tell [A]: the probe is given up.
 */
export class Probe {
  readonly #settings: ProbeSettings;
  readonly #handlers: ProbeHandlers;
  /** Tells our probes from those of another client with the same id. */
  readonly #name = randomBytes(4).toString('hex');
  #count = 0;
  #expected = '';
  #session: DialectSession | undefined;
  #timer: NodeJS.Timeout | undefined;
  #proven = false;
  #givenUp = false;

  constructor(settings: ProbeSettings, handlers: ProbeHandlers) {
    this.#settings = settings;
    this.#handlers = handlers;
  }

  /** To be subscribed to on each session. */
  get filters(): readonly TopicFilter[] {
    return this.#givenUp ? [] : [{ topic: this.#settings.topic, qos: 0 }];
  }

  /** Begins with a session that is up. */
  start(session: DialectSession): void {
    this.#session = session;
    if (!this.#givenUp) this.#send(session);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#session = undefined;
    this.#expected = '';
  }

  /** Whether the message is a probe: it is nobody else's business then. */
  takes({ topic, payload }: InboundMessage): boolean {
    if (topic !== this.#settings.topic) return false;
    if (payload.toString() === this.#expected) this.#onReturned();
    return true;
  }

  #send(session: DialectSession): void {
    const { topic, timeout } = this.#settings;
    this.#count += 1;
    this.#expected = `${this.#name}-${this.#count}`;
    this.#timer = setTimeout(() => this.#onMissed(), timeout);
    const publication = { topic, payload: Buffer.from(this.#expected), qos: 0, retain: false } as const;
    const expected = this.#expected;
    session.publish(publication).catch(() => this.#onUnsent(expected));
  }

  /** One that the module did not take, as its window is full perhaps, proves nothing. */
  #onUnsent(expected: string): void {
    if (this.#expected === expected) this.#wait();
  }

  #onReturned(): void {
    this.#proven = true;
    this.#wait();
  }

  #wait(): void {
    const session = this.#session;
    this.#expected = '';
    clearTimeout(this.#timer);
    if (session !== undefined) this.#timer = setTimeout(() => this.#send(session), this.#settings.interval);
  }

  #onMissed(): void {
    const { topic, timeout } = this.#settings;
    this.stop();
    const what = `a probe to "${topic}" did not come back within ${timeout} ms`;
    if (this.#proven) return this.#handlers.missed(new ModemError('SESSION_LOST', `session lost: ${what}`));
    this.#givenUp = true;
    const consequence = `${what}; it is given up: a session that dies in silence is noticed by failed results only`;
    this.#handlers.degraded({ setting: 'probe', consequence });
  }
}
