import { checkInteger } from '../at/checks.js';
import type { ExecuteOptions } from '../at/command.js';
import { abortedError, ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { delay } from '../util/delay.js';
import { isTimeout } from './if-supported.js';
import { REGISTRATION_SENTENCES, type Registration } from './registration.js';
import { SimNotReadyError, type SimState, type SimStatus } from './sim.js';

/** What waiting for the network needs of a modem. */
export interface NetworkSource {
  sim(options?: ExecuteOptions): Promise<SimStatus>;
  registration(options?: ExecuteOptions): Promise<Registration>;
  on(event: 'registration', listener: (registration: Registration) => void): unknown;
  off(event: 'registration', listener: (registration: Registration) => void): unknown;
}

export interface WaitOptions {
  /** ms until `NOT_REGISTERED`, default 120 000; one command more can pass. 0 asks once. */
  readonly timeout?: number;
  /** ms between two questions when no URC comes, default 2000. */
  readonly pollInterval?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT = 120_000;
const DEFAULT_POLL_INTERVAL = 2_000;

/** The largest delay of a Node timer. */
const MAX_DELAY = 2 ** 31 - 1;

/** ms that a SIM may take after a restart until it is found; it can look absent until then [A]. */
const SIM_START = 5_000;

/** States that can pass by themselves while the SIM starts. */
const STARTING: readonly SimState[] = ['busy', 'absent', 'failed'];

/**
 * Waits until the module is registered; a URC makes it look at once. Rejects with `NOT_REGISTERED` when the time is
 * over, also after a denial, as networks take those back; the message says what the last status was. An answer that
 * does not come in time is asked for again, until the time is over: then `TIMEOUT`.
 */
export async function waitForRegistration(
  modem: NetworkSource,
  options: WaitOptions = {},
): Promise<Registration> {
  const { timeout, pollInterval, signal } = checkWait(options);
  const end = performance.now() + timeout;
  const patience = new Patience(end, signal);
  const changes = new Changes(modem, signal);
  try {
    for (;;) {
      const registration = await patience.ask((limits) => modem.registration(limits));
      if (registration?.registered) return registration;
      const left = end - performance.now();
      if (registration !== undefined && left <= 0)
        throw new ModemError('NOT_REGISTERED', REGISTRATION_SENTENCES[registration.status]);
      await changes.next(Math.min(pollInterval, left));
      if (signal?.aborted) throw abortedError(signal);
    }
  } finally {
    changes.end();
  }
}

/**
 * Resolves when the module can carry data: SIM ready, registered. Rejects with `SIM_NOT_READY` or `NOT_REGISTERED`.
 * A SIM that is not found gets 5 s, as it may still be starting.
 */
export async function requireNetwork(modem: NetworkSource, options: WaitOptions = {}): Promise<Registration> {
  const { timeout } = checkWait(options);
  const end = performance.now() + timeout;
  await requireSim(modem, options);
  const left = Math.max(0, Math.ceil(end - performance.now()));
  return waitForRegistration(modem, { ...options, timeout: left });
}

/** Resolves when the SIM is ready; rejects with `SIM_NOT_READY`, for one that is not found after 5 s at most. */
export async function requireSim(
  modem: Pick<NetworkSource, 'sim'>,
  options: WaitOptions = {},
): Promise<void> {
  const { timeout, pollInterval, signal } = checkWait(options);
  const start = performance.now();
  const patience = new Patience(start + timeout, signal);
  for (;;) {
    const status = await patience.ask((limits) => modem.sim(limits));
    if (status?.state === 'ready') return;
    const left = start + Math.min(timeout, SIM_START) - performance.now();
    if (status !== undefined && (left <= 0 || !STARTING.includes(status.state)))
      throw new SimNotReadyError(status);
    await delay(Math.min(pollInterval, Math.max(0, left)), signal);
    if (signal?.aborted) throw abortedError(signal);
  }
}

function checkWait(options: WaitOptions): {
  timeout: number;
  pollInterval: number;
  signal: AbortSignal | undefined;
} {
  const { timeout = DEFAULT_TIMEOUT, pollInterval = DEFAULT_POLL_INTERVAL, signal } = options;
  checkInteger('timeout', timeout, 0, MAX_DELAY);
  checkInteger('pollInterval', pollInterval, 1, MAX_DELAY);
  return { timeout, pollInterval, signal };
}

/** ms that a question gets at first: lmqtt.md 1 [T]. */
const FIRST_LIMIT = 5_000;

/** Asks the same again and again within a longer wait, which one answer that is late or lost does not end. */
class Patience {
  readonly #end: number;
  readonly #signal: AbortSignal | undefined;
  /** ms for the next answer: a module that takes longer than it got gets twice as long. */
  #limit = FIRST_LIMIT;

  /** `end` by `performance.now()`. */
  constructor(end: number, signal: AbortSignal | undefined) {
    this.#end = end;
    this.#signal = signal;
  }

  /** Undefined when the answer did not come in time and the wait is not over; rejects as the question. */
  async ask<T>(question: (limits: ExecuteOptions) => Promise<T>): Promise<T | undefined> {
    const left = Math.ceil(this.#end - performance.now());
    const responseLimit = Math.max(FIRST_LIMIT, Math.min(this.#limit, left));
    try {
      return await question({ ...signalled(this.#signal), responseLimit });
    } catch (error) {
      if (!isTimeout(error) || performance.now() >= this.#end) throw error;
      this.#limit *= 2;
      return undefined;
    }
  }
}

/** Wakes a waiter when the registration changes, also if that was while nobody waited, or when the signal fires. */
class Changes {
  readonly #modem: NetworkSource;
  readonly #forgetSignal: () => void;
  readonly #wake = () => this.#change.abort();
  #change = new AbortController();

  constructor(modem: NetworkSource, signal: AbortSignal | undefined) {
    this.#modem = modem;
    modem.on('registration', this.#wake);
    this.#forgetSignal = onAbort(signal, this.#wake);
  }

  async next(ms: number): Promise<void> {
    await delay(ms, this.#change.signal);
    this.#change = new AbortController();
  }

  end(): void {
    this.#modem.off('registration', this.#wake);
    this.#forgetSignal();
  }
}

function signalled(signal: AbortSignal | undefined): ExecuteOptions {
  return signal === undefined ? {} : { signal };
}
