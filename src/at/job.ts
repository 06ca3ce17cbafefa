import { ArgumentError, type Stage, TimeoutError } from '../errors/kinds.js';
import { abortedError, type ErrorContext, type ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { escapeBytes } from '../util/escape.js';
import { checkInteger, checkOneOf } from './checks.js';
import type { Command, DataMode, ExecuteOptions, Priority, StageLimits } from './command.js';
import { LARGEST_PAYLOAD } from './filler.js';
import { ANGLE_SPACE, type CountedHeader, type Line, type Prompt } from './line.js';
import { encodeText, informationText } from './parameters.js';
import { PRIORITIES, type Sequence } from './queue.js';
import type { Urc } from './urc.js';

/** The second stage of a job, with its types erased. */
export interface JobResult {
  readonly urc: Urc<unknown>;
  matches(value: unknown): boolean;
  intermediate(value: unknown): boolean;
  readonly beforeError: boolean;
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
  /** What a line says that comes before `ERROR`; undefined if it is no detail of a refusal. */
  readonly refusal?: ((line: Line) => Refused | undefined) | undefined;
  /** No command line, but the turn of an operation: what it asks is all that runs then. */
  readonly turn?: Sequence<Job> | undefined;
  /** The prompt that the line, or what the module got of it, can lead to; undefined: none. */
  readonly data?: DataPrompt | undefined;
}

/** Why the TA refuses a command, in numbers of its own. */
export interface Refused {
  readonly number: number;
  readonly meaning?: string | undefined;
}

/** A prompt, and the way out of it. */
interface DataPrompt {
  readonly prompt: Prompt;
  /** Bytes that it can ask for at most. */
  readonly missing: number;
  /** Whether ESC may end it. */
  readonly escape: boolean;
}

/** Called when the caller's limit or signal ends a job early. */
type Interrupt = (job: Job, error: ModemError) => void;

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

/** Whether somebody else than the running command wants a line. */
export interface Claims {
  /** A request waits for it as its result URC. */
  awaited(line: Line): boolean;
  /** A declared URC has its shape. */
  unsolicited(line: Line): boolean;
}

/** lmqtt.md 1 [T]: `OK` comes after about 0.5 s; allow 5 s. */
const DEFAULT_RESPONSE_LIMIT = 5000;

/** Longest raw command line in bytes; the longest of the dialect, an inline publish, is below 2000. */
const MAX_COMMAND_LINE = 4096;

/** What the channel runs for a declared command; throws an `ArgumentError` for arguments the wire cannot carry. */
export function commandRequest<A, V>(command: Command<A, V>, args: A, claims: Claims): JobRequest {
  const { response, result, data, refusal } = command;
  return {
    line: command.request.format(args),
    payload: payloadOf(data, args),
    data: data && {
      prompt: data.prompt ?? ANGLE_SPACE,
      missing: data.length(args) ?? data.largest,
      escape: data.escape,
    },
    refusal: refusal && ((line) => refusal.parse(line, args)),
    limits: command.limits,
    owns: (line) => {
      if (refusal?.parse(line, args) !== undefined) return true;
      if (response === undefined) return false;
      if (response.owns(line.text)) return true;
      return response.bare === true && !claims.awaited(line) && !claims.unsolicited(line);
    },
    parse: (lines) => (response === undefined ? null : response.parse(lines)),
    counted: response?.counted,
    result: result && {
      urc: result.urc,
      matches: (value) => result.matches(args, value as V),
      intermediate: (value) => result.intermediate?.(value as V) === true,
      beforeError: result.beforeError === true,
    },
  };
}

/** Ends a payload that is not counted, and cancels it: TS 27.005 3.5.1. */
const CTRL_Z = 0x1a;
const ESC = 0x1b;

/** The bytes to be written at the prompt. Throws an `ArgumentError` for bytes that would end the payload. */
function payloadOf<A>(data: DataMode<A> | undefined, args: A): Buffer | undefined {
  const payload = data?.payload(args);
  if (payload === undefined || data?.terminated === undefined) return payload;
  if (payload.includes(CTRL_Z) || payload.includes(ESC)) {
    throw new ArgumentError('payload', 'a payload with 0x1A or 0x1B', 'free of Ctrl-Z and ESC, which end it');
  }
  return Buffer.concat([payload, Buffer.of(CTRL_Z)]);
}

/** What waits in the queue for the turn of an operation; it never reaches the module. */
export function turnRequest(turn: Sequence<Job>): JobRequest {
  return {
    line: 'several commands',
    limits: { response: DEFAULT_RESPONSE_LIMIT },
    owns: () => false,
    parse: () => null,
    turn,
  };
}

/**
 * What the channel runs for a raw command line. Lines with the prefix of the command are its response; so is every
 * line that nobody else wants, as the response of an unknown command can have any shape.
 */
export function rawRequest(line: string, payload: Buffer | undefined, claims: Claims): JobRequest {
  if (typeof line !== 'string' || !/^AT[\x20-\x7e\u0080-\uffff]*$/i.test(line)) {
    const shown = typeof line === 'string' ? `"${escapeBytes(Buffer.from(line))}"` : String(line);
    throw new ArgumentError(
      'line',
      shown,
      'a command line that starts with AT, without line end and control characters',
    );
  }
  if (payload !== undefined && !Buffer.isBuffer(payload)) {
    throw new ArgumentError('payload', typeof payload, 'a Buffer');
  }
  const wire = encodeText(line);
  if (wire.length > MAX_COMMAND_LINE) {
    throw new ArgumentError('line', `a line of ${wire.length} bytes`, `at most ${MAX_COMMAND_LINE} bytes`);
  }
  const name = /^AT([+^#$%&*][A-Z0-9]+)/i.exec(line)?.[1]?.toUpperCase();
  return {
    line: wire,
    payload,
    // Nobody knows what it asks for: a module can prompt for more than the payload, or without one.
    data: { prompt: ANGLE_SPACE, missing: LARGEST_PAYLOAD, escape: true },
    limits: { response: DEFAULT_RESPONSE_LIMIT },
    owns: (received) => {
      if (claims.awaited(received)) return false;
      const prefixed = name !== undefined && informationText(received.text, name) !== undefined;
      return prefixed || !claims.unsolicited(received);
    },
    parse: (lines) => lines.map(({ text, payload }) => text + (payload?.toString('latin1') ?? '')),
  };
}
