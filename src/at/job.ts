import { abortedError } from '../errors/aborted.js';
import { ArgumentError, type Stage, TimeoutError } from '../errors/kinds.js';
import type { ErrorContext, ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { checkInteger, checkOneOf } from './checks.js';
import type { StageLimits } from './command.js';
import type { ExecuteOptions, Priority } from './command-port.js';
import type { CountedHeader, Line } from './line.js';
import { PRIORITIES } from './queue.js';
import type { Urc } from './urc.js';

/** The second stage of a job, with its types erased. */
export interface JobResult {
  readonly urc: Urc<unknown>;
  matches(value: unknown): boolean;
}

/** One command line to run, with all types erased: what the channel needs to know of a command. */
export interface JobRequest {
  readonly line: string;
  readonly payload?: Buffer | undefined;
  readonly limits: StageLimits;
  owns(line: Line): boolean;
  /** The value of the information text response; undefined if it is not understood. */
  parse(lines: readonly Line[]): unknown;
  /** The header of a length-counted information text response. */
  readonly counted?: CountedHeader | undefined;
  readonly result?: JobResult | undefined;
  /** The prompt that the line, or what the module got of it, can lead to; undefined: none. */
  readonly data?: DataPrompt | undefined;
}

/** A prompt, and the way out of it. */
export interface DataPrompt {
  /** Bytes that it can ask for at most. */
  readonly missing: number;
  /** Whether ESC may end it. */
  readonly escape: boolean;
}

/** Called when the caller's limit or signal ends a job early. */
export type Interrupt = (job: Job, error: ModemError) => void;

/**
 * A request on its way through the channel. It settles once, whatever happens first; every failure carries the
 * command line (masked) and the lines received so far.
 */
export class Job {
  readonly request: JobRequest;
  readonly priority: Priority;
  /** Called when the module has accepted a two-stage command. */
  readonly onAccepted: (() => void) | undefined;
  /** Where it is now: told in the error when the time limit of the caller runs out. */
  stage: Stage = 'queue';
  lines: readonly Line[] = [];
  #settled = false;
  readonly #deferred: Deferred<unknown> = deferred();
  readonly #timer: NodeJS.Timeout | undefined;
  #forgetSignal: () => void = () => {};

  constructor(request: JobRequest, options: ExecuteOptions, interrupt: Interrupt) {
    const { signal, timeout, responseLimit, priority = 'user' } = options;
    if (timeout !== undefined && !(timeout > 0 && timeout <= MAX_TIMEOUT)) {
      throw new ArgumentError('timeout', String(timeout), `more than 0 and at most ${MAX_TIMEOUT} ms`);
    }
    if (responseLimit !== undefined) checkInteger('responseLimit', responseLimit, 1, MAX_TIMEOUT);
    checkOneOf('priority', priority, PRIORITIES);
    this.request = responseLimit === undefined ? request : withResponseLimit(request, responseLimit);
    this.priority = priority;
    this.onAccepted = options.onAccepted;
    if (timeout !== undefined) {
      this.#timer = setTimeout(() => interrupt(this, this.timeoutError(timeout)), timeout);
    }
    if (signal !== undefined) {
      this.#forgetSignal = onAbort(signal, () => interrupt(this, abortedError(signal, request.line)));
    }
  }

  get promise(): Promise<unknown> {
    return this.#deferred.promise;
  }

  get settled(): boolean {
    return this.#settled;
  }

  resolve(value: unknown): void {
    if (this.#settle()) this.#deferred.resolve(value);
  }

  reject(error: ModemError): void {
    if (this.#settle()) this.#deferred.reject(error);
  }

  /** The limit of the stage that the job is in ran out. */
  timeoutError(limit: number): TimeoutError {
    return new TimeoutError(this.stage, limit, this.context());
  }

  context(): ErrorContext {
    return { command: this.request.line, lines: this.lines.map(({ text }) => text) };
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#forgetSignal();
    return true;
  }
}

function withResponseLimit(request: JobRequest, response: number): JobRequest {
  return { ...request, limits: { ...request.limits, response } };
}

/** The largest delay of a Node timer. */
const MAX_TIMEOUT = 2 ** 31 - 1;
