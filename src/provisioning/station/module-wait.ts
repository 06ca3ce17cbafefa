import { isSameCard } from '../../at/commands/iccid.js';
import { openModem } from '../../dialects/open-modem.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import { delay } from '../../util/delay.js';
import { isOwnImei } from './identify.js';

/** Questions in a row without an answer after which a module is taken for gone. */
const MAX_MISSES = 3;

/** Limit in ms for an answer of a module that is only watched, at least. */
const MIN_ANSWER_LIMIT = 500;

/** ms of silence after which `AT` goes first, at least. */
const MIN_SILENCE = 500;

/**
 * ms of silence at a port after which its module is called with `AT` before it is asked anything, for a look each
 * `interval` ms: shorter, so that each look begins with it. An `AT` that nobody hears is sent again soon, while the
 * limit of a question, and the proofs behind that, would let the next module wait when it is up already.
 */
export function callAfter(interval: number): number {
  return Math.max(MIN_SILENCE, Math.round(0.8 * interval));
}

/**
 * Resolves with the first module that answers at the port, or undefined when the signal fires. A port that does not
 * exist, is held by another process or silent is waited for; `waiting` is told why. The port stays open while nobody
 * answers: opening it moves control lines, which can switch a board off.
 */
export async function waitForModule(
  port: string,
  {
    signal,
    interval,
    ...options
  }: OpenModemOptions & { readonly signal: AbortSignal; readonly interval: number },
  waiting: (why: string) => void,
): Promise<Modem | undefined> {
  while (!signal.aborted) {
    try {
      return await openModem(port, { ...options, signal });
    } catch (error) {
      if (signal.aborted) break;
      waiting(error instanceof ModemError ? error.message : String(error));
      await delay(interval, signal);
    }
  }
  return undefined;
}

/** Looks without an ICCID after which a module that was away for a moment is taken for another one. */
const MAX_DOUBTS = 30;

/** What a module told while it was worked on. */
interface KnownModule {
  readonly imei: string | undefined;
  readonly iccid: string | undefined;
  /** Whether its result says that it is good: nobody may take another module for it. */
  readonly good: boolean;
}

/** Why a module at a port is not watched any more; `other`: another one answers. */
type Departure = 'gone' | 'other' | 'stopped';

/**
 * Watches a module that is done until it is taken off. The IMEI is asked for, not just `AT`: modules can change places
 * between two looks. One that restarts is still the same, unless its SIM is another one: a module with a cloned IMEI. One
 * that is good and restarts without an ICCID, then or now, is taken for another: whether it is cannot be said.
 */
export async function untilDeparted(
  modem: Modem,
  { imei, iccid, good }: KnownModule,
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
): Promise<Departure> {
  const change = new Change(modem);
  const question = { timeout: Math.max(MIN_ANSWER_LIMIT, 2 * interval), signal };
  // Nothing but the SIM tells whether it is the same module that answers again.
  let doubted = false;
  let doubts = 0;
  try {
    for (let misses = 0; misses < MAX_MISSES; ) {
      await change.within(interval, signal);
      // The start-up behind a boot marker takes its time: a question would run out of time in the queue.
      const unprepared = change.restarted && !(await prepared(modem, signal));
      if (signal.aborted) return 'stopped';
      if (change.gone || modem.closed || unprepared) return 'gone';
      const found = await currentImei(modem, question);
      doubted ||= found === 'silent' || change.restarted;
      if (found === 'silent') misses += 1;
      else if (found !== imei || (imei === undefined && change.restarted)) {
        // Without a boot marker nothing has been set up.
        return change.restarted || (await prepared(modem, signal)) ? 'other' : 'gone';
      } else {
        misses = 0;
        change.settled();
        if (!doubted || (iccid === undefined && !good)) continue;
        const sim = iccid === undefined ? undefined : await currentIccid(modem, question);
        if (sim !== undefined && !isSameCard(sim, iccid)) return 'other';
        // Until the SIM is ready again it does not tell its number.
        doubted = sim === undefined;
        doubts = doubted ? doubts + 1 : 0;
        if (good && (iccid === undefined || doubts === MAX_DOUBTS)) return 'other';
      }
    }
    return 'gone';
  } finally {
    change.end();
  }
}

/** Runs the start-up, or waits for the one that is running; false if the module does not answer. */
function prepared(modem: Modem, signal: AbortSignal): Promise<boolean> {
  return modem.startUp(signal).then(
    () => true,
    () => false,
  );
}

interface Question {
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Undefined for a module that refuses to tell it, or has none of its own. */
async function currentImei(modem: Modem, options: Question): Promise<string | undefined> {
  try {
    const imei = await modem.imei({ ...options, priority: 'polling' });
    return isOwnImei(imei) ? imei : undefined;
  } catch (error) {
    const refused = error instanceof ModemError && /^(?:COMMAND_FAILED|BAD_RESPONSE)$/.test(error.code);
    return refused ? undefined : 'silent';
  }
}

/** Undefined if it is not told now. */
function currentIccid(modem: Modem, options: Question): Promise<string | undefined> {
  return modem.iccid({ ...options, priority: 'polling' }).catch(() => undefined);
}

/** Wakes the watch when the module restarts, falls silent or loses its port. */
class Change {
  readonly #modem: Modem;
  readonly #onReboot = () => {
    this.#restarted = true;
    this.#wake.abort();
  };
  readonly #onGone = () => {
    this.#gone = true;
    this.#wake.abort();
  };
  #wake = new AbortController();
  #restarted = false;
  #gone = false;

  constructor(modem: Modem) {
    this.#modem = modem;
    modem.on('reboot', this.#onReboot);
    modem.on('unresponsive', this.#onGone);
    modem.on('close', this.#onGone);
  }

  get restarted(): boolean {
    return this.#restarted;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** It is the same module, and set up. */
  settled(): void {
    this.#restarted = false;
  }

  async within(ms: number, signal: AbortSignal): Promise<void> {
    await delay(ms, AbortSignal.any([signal, this.#wake.signal]));
    this.#wake = new AbortController();
  }

  end(): void {
    this.#modem.off('reboot', this.#onReboot);
    this.#modem.off('unresponsive', this.#onGone);
    this.#modem.off('close', this.#onGone);
  }
}
