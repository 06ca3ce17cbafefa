import { randomBytes } from 'node:crypto';
import type { Degradation, DialectSession, InboundMessage } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { ProbeSettings } from './options.js';

export interface ProbeHandlers {
  /** A probe did not come back: the session is dead. */
  missed(reason: ModemError): void;
  degraded(degradation: Degradation): void;
}

/** Sessions in a row that may end while the probe subscribes: one is chance, two are the topic. */
const MAX_ENDED = 2;

/** What becomes of a session without a probe. */
const UNPROBED = 'a session that dies in silence is noticed by failed results only';

/**
 * Sends small messages to itself through the broker, and tells when one does not come back: the only proof that
 * messages flow both ways. It subscribes and sends the first one as soon as the session is up, which it is without the
 * probe as well: a subscription that is refused costs the probe of this session, no more. While none has ever come back,
 * a miss means that the broker does not let this client use the topic, which a SUBACK may not tell [A]: the probe is
 * given up. So it is when the broker ends the session at its subscription again and again.
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
  /** Sessions in a row that ended while the probe subscribed. */
  #ended = 0;

  constructor(settings: ProbeSettings, handlers: ProbeHandlers) {
    this.#settings = settings;
    this.#handlers = handlers;
  }

  /** Begins with a session that is up. */
  start(session: DialectSession): void {
    this.#session = session;
    if (!this.#givenUp) void this.#subscribe(session);
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

  async #subscribe(session: DialectSession): Promise<void> {
    const { topic } = this.#settings;
    let refusal: ModemError | undefined;
    try {
      await session.subscribe([{ topic, qos: 0 }]);
    } catch (error) {
      refusal = error as ModemError;
    }
    if (this.#session !== session) return this.#onEnded(refusal);
    this.#ended = 0;
    // Without a result it may be in force all the same: the probe itself shows.
    if (refusal === undefined || refusal.code === 'TIMEOUT') return this.#send(session);
    const consequence = `there is none in this session (${refusal.message}): ${UNPROBED}`;
    const byModule = refusal.code === 'COMMAND_FAILED';
    this.#handlers.degraded({ setting: 'probe', consequence, ...(byModule ? { refusedBy: 'module' } : {}) });
  }

  /** A session that the client itself has ended proves nothing. */
  #onEnded(reason: ModemError | undefined): void {
    if (reason?.code !== 'SESSION_LOST' || this.#proven) return;
    this.#ended += 1;
    if (this.#ended < MAX_ENDED || this.#givenUp) return;
    this.#giveUp(`the session ended ${this.#ended} times at the subscription to "${this.#settings.topic}"`);
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
    this.#giveUp(what);
  }

  #giveUp(why: string): void {
    this.#givenUp = true;
    this.#handlers.degraded({ setting: 'probe', consequence: `${why}; it is given up: ${UNPROBED}` });
  }
}
