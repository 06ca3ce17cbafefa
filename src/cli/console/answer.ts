import type { CommandPort } from '../../at/command.js';
import { type FinalResult, parseFinalResult } from '../../at/result-codes.js';
import { CommandError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { deferred } from '../../util/deferred.js';

/** How a command line ended. */
export type Answer =
  | { readonly kind: 'final'; readonly result: FinalResult }
  /** No final result code within the limit (ms), and nobody wants to wait longer. */
  | { readonly kind: 'silent'; readonly limit: number }
  /** Ctrl-C, or the console ends. */
  | { readonly kind: 'given-up' }
  /** It could not be written, or the port went away, or the driver refused it. */
  | { readonly kind: 'failed'; readonly error: ModemError };

export interface AskOptions {
  /** ms, default that of the declaration, or 5000. */
  readonly limit?: number;
  /** What goes behind the prompt; by default it is asked for with `data`. */
  readonly payload?: Buffer;
  /** At the limit: `wait` says so and goes on waiting (default), `end` ends it as `silent`. */
  readonly atLimit?: 'wait' | 'end';
}

/** How a line ended, for those who run many: `silent` the module did not answer, or restarted, `failed` it refused or could not. */
export type Outcome = 'done' | 'failed' | 'silent' | 'given-up' | 'no-port';

/** A command line that waits for its final result code, with its time limit. */
export class PendingLine {
  readonly line: string;
  readonly answered: Promise<Answer>;
  readonly #limit: number;
  readonly #atLimit: (limit: number) => void;
  readonly #settle: (answer: Answer) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `atLimit` is called once, `limit` ms after the line, or after `extend`. */
  constructor(line: string, limit: number, atLimit: (limit: number) => void) {
    const { promise, resolve } = deferred<Answer>();
    this.line = line;
    this.answered = promise;
    this.#limit = limit;
    this.#atLimit = atLimit;
    this.#settle = resolve;
    this.extend();
  }

  /** Counts the limit from now on: a prompt came, or data was given. */
  extend(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#atLimit(this.#limit), this.#limit);
  }

  /** Stops the clock: a person types a payload. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  /** The first answer counts. */
  settle(answer: Answer): void {
    clearTimeout(this.#timer);
    this.#settle(answer);
  }
}

interface DrivenOptions {
  readonly signal: AbortSignal;
  readonly payload: Buffer | undefined;
  /** ms. */
  readonly limit?: number;
}

/** Sends a raw command line through the driver, whose limits hold. Never rejects. */
export async function askThroughDriver(
  driver: CommandPort,
  line: string,
  { signal, payload, limit }: DrivenOptions,
): Promise<Answer> {
  try {
    const { final } = await driver.send(line, {
      signal,
      ...(payload === undefined ? {} : { payload }),
      ...(limit === undefined ? {} : { timeout: limit }),
    });
    return { kind: 'final', result: parseFinalResult(final) ?? OK };
  } catch (error) {
    return answerOf(error);
  }
}

const OK = { ok: true, text: 'OK', number: undefined, meaning: undefined };

function answerOf(error: unknown): Answer {
  if (error instanceof CommandError) {
    const result = parseFinalResult(error.final);
    if (result !== undefined) return { kind: 'final', result };
  }
  if (error instanceof TimeoutError) return { kind: 'silent', limit: error.limit };
  if (!(error instanceof ModemError)) throw error;
  return error.code === 'ABORTED' ? { kind: 'given-up' } : { kind: 'failed', error };
}
