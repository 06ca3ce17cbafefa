import type { Degradation, SessionState } from '../dialects/dialect.js';

/** What is asked of a session. */
export interface CheckedSession {
  /** When something came from the broker last, by `performance.now()`. */
  readonly lastHeard: number;
  check(): Promise<SessionState>;
}

/** ms without a keepalive: a module that sleeps for hours is woken some times an hour for it, at the serial port only. */
export const PERIOD_WITHOUT_KEEPALIVE = 600_000;

/**
 * Asks the module whether the session lives when nothing has come of it for a while: no message and no result. That
 * costs nothing on the air, and finds what sends nothing: a module that hangs, a line that carries garbage only, the end
 * of a session whose report was lost. Other answers of the module do not count: they say nothing about the session.
 */
export class IdleCheck {
  readonly #period: number;
  readonly #degraded: (degradation: Degradation) => void;
  #session: CheckedSession | undefined;
  #timer: NodeJS.Timeout | undefined;
  #givenUp: boolean;

  /** `period` in ms; 0 never asks. */
  constructor(period: number, degraded: (degradation: Degradation) => void) {
    this.#period = period;
    this.#degraded = degraded;
    this.#givenUp = period === 0;
  }

  /** Begins with a session that is up. */
  start(session: CheckedSession): void {
    this.stop();
    if (this.#givenUp) return;
    this.#session = session;
    this.#wait(session, this.#period);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#session = undefined;
  }

  #wait(session: CheckedSession, ms: number): void {
    this.#timer = setTimeout(() => this.#onDue(session), Math.ceil(ms));
    // The port keeps the process alive, as long as it is wanted.
    this.#timer.unref();
  }

  #onDue(session: CheckedSession): void {
    const left = session.lastHeard + this.#period - performance.now();
    if (left > 0) this.#wait(session, left);
    else void this.#ask(session);
  }

  /** A loss is told by the session itself. */
  async #ask(session: CheckedSession): Promise<void> {
    const state = await session.check();
    if (this.#session !== session || state === 'lost') return;
    if (state === 'alive') return this.#wait(session, this.#period);
    this.#givenUp = true;
    this.stop();
    this.#degraded({
      setting: 'idleCheck',
      consequence:
        'the module does not say whether the session lives, and is not asked again: a session that dies in silence is noticed by failed results only',
    });
  }
}
