import type { Modem } from '../../modem/modem.js';
import { attemptWithin } from '../attempt.js';
import type { Rung } from './ladder.js';

/** Limit in ms for switching the radio on behind the back of a caller who has given up. */
const TIDY_LIMIT = 5_000;

/** What the rungs need of a modem. */
export type ClimbedModem = Pick<Modem, 'closed' | 'radio' | 'reset' | 'reopen'>;

/** Does what a rung asks for with the module; the try of the session is somebody else's. */
export class Climber {
  readonly #modem: ClimbedModem;
  readonly #limit: number;
  #radioOff = false;

  /** `limit` in ms for each rung. */
  constructor(modem: ClimbedModem, limit: number) {
    this.#modem = modem;
    this.#limit = limit;
  }

  /** Rejects with `TIMEOUT` at the limit, when `stop` fires with `ABORTED`, or with what the module says. */
  async climb(rung: Rung, stop: AbortSignal): Promise<void> {
    if (rung === 'session' && !this.#radioOff) return;
    await attemptWithin(`recovery on the rung "${rung}"`, this.#limit, stop, (signal) =>
      this.#act(rung, signal),
    );
  }

  async #act(rung: Rung, signal: AbortSignal): Promise<void> {
    if (rung === 'port') await this.#modem.reopen({ signal });
    if (rung === 'reset') await this.#modem.reset({ signal });
    if (rung === 'radio') await this.#switchOff(signal);
    if (this.#radioOff) await this.#switchOn(signal);
  }

  async #switchOff(signal: AbortSignal): Promise<void> {
    this.#radioOff = true;
    await this.#modem.radio(false, { signal, priority: 'recovery' });
  }

  /** A radio that is left off would keep every later session away, also those of the next process. */
  async #switchOn(signal: AbortSignal): Promise<void> {
    await this.#modem.radio(true, { signal, priority: 'recovery' });
    this.#radioOff = false;
  }

  /** To be called when no rung will follow; never rejects. */
  async leave(): Promise<void> {
    if (!this.#radioOff || this.#modem.closed) return;
    await this.#modem.radio(true, { timeout: TIDY_LIMIT, priority: 'recovery' }).catch(() => {});
  }
}
