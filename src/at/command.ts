import type { CountedHeader, Line, Prompt } from './line.js';
import type { Urc } from './urc.js';

/** V.250 5.4: action execute, parameter set, parameter read, test. */
type CommandForm = 'action' | 'set' | 'read' | 'test';

/** The command line, in both directions. Wire text: latin1, one character a byte, without the line end. */
export interface CommandRequest<A> {
  /** The command line; throws an `ArgumentError` for a field that the wire cannot carry. Used by the TE. */
  format(args: A): string;
  /** The arguments, or undefined if the line is not this command in this form. Used by the TA. */
  parse(line: string): A | undefined;
}

/** The information text response, in both directions. */
export interface InformationResponse<V> {
  /** Lines before the final result code. Used by the TA. */
  format(value: V): readonly Line[];
  /** The value, or undefined if the lines are not of this shape. Used by the TE. */
  parse(lines: readonly Line[]): V | undefined;
  /** Whether a line belongs to this response: by prefix **and** shape, as URCs share prefixes. */
  owns(text: string): boolean;
  /** The response is text without a prefix: it also owns every line that no URC declaration recognises. */
  readonly bare?: true;
  readonly counted?: CountedHeader;
}

/** Time limits in ms, one for each stage; the docstring of the command names their source. */
export interface StageLimits {
  /** From the last byte of the command line to the prompt. */
  readonly prompt?: number;
  /** From the last byte written to the final result code. */
  readonly response: number;
  /** From the final result code to the result URC. */
  readonly result?: number;
}

/** Raw bytes behind a prompt. */
export interface DataMode<A> {
  /** What the TA asks with; default `ANGLE_SPACE`. */
  readonly prompt?: Prompt;
  /**
   * Whether the TA does not count: Ctrl-Z (0x1A) ends the payload, and ESC (0x1B) cancels it: TS 27.005 3.5.1. Neither
   * can be in it. `payload` gives the bytes without Ctrl-Z, and `length` is undefined.
   */
  readonly terminated?: true;
  /** Bytes that a line of this command can ask for at most; one that lost bytes on its way can be any of them. */
  readonly largest: number;
  /** Whether ESC may end the prompt. */
  readonly escape: boolean;
  /** The bytes the TE sends after the prompt, or undefined for a line that asks for none. */
  payload(args: A): Buffer | undefined;
  /** How many bytes the TA takes after its prompt, or undefined for a line that asks for none. */
  length(args: A): number | undefined;
  /** The arguments completed with the bytes that the TA took. */
  attach(args: A, payload: Buffer): A;
}

/** A line before `ERROR` that says why the TA refuses. */
export interface RefusalDetail<A> {
  /** What it says, or undefined if the line is no such detail of that request. Used by the TE. */
  parse(line: Line, args: A): { readonly number: number; readonly meaning?: string | undefined } | undefined;
}

/** The second stage: a result URC that comes after (or, seen on hardware, before) the final result code. */
interface ResultStage<A, V> {
  readonly urc: Urc<V>;
  /** Whether this result answers that request. */
  matches(args: A, value: V): boolean;
  /** Whether it says what goes on, e.g. a retransmission, and another one follows; the limit starts anew. */
  intermediate?(value: V): boolean;
  /** Whether one that comes before `ERROR` is the result all the same: it says why the command failed. */
  readonly beforeError?: true;
}

interface CommandBase<A> {
  /** E.g. `+CSQ`. */
  readonly name: string;
  readonly form: CommandForm;
  readonly request: CommandRequest<A>;
  readonly limits: StageLimits;
  /**
   * What the test form (`AT<name>=?`) answers behind `<name>: `: the values that may be set, or that an action answers.
   * V.250 5.4.4.4 and 5.7.3.2.
   */
  readonly ranges?: string;
  /** V.250 5.6.1: whether the TA may abort the command when a character arrives. No command here is known to. */
  readonly abortable: boolean;
  readonly data?: DataMode<A>;
  readonly refusal?: RefusalDetail<A>;
}

/** A command that is complete at its final result code. */
export interface OneStageCommand<A, V> extends CommandBase<A> {
  readonly response: InformationResponse<V>;
  readonly result?: never;
}

/** A command whose final result code only accepts it; it is complete at its result URC. */
export interface TwoStageCommand<A, V> extends CommandBase<A> {
  readonly response?: never;
  readonly result: ResultStage<A, V>;
}

/** The declaration of one command: `A` are its arguments, `V` is what it resolves to. */
export type Command<A, V> = OneStageCommand<A, V> | TwoStageCommand<A, V>;

/** The arguments of a command without any, and the value of one that answers with a final result code alone. */
export type Nothing = null;

/** The response of a command that answers with a final result code alone. */
export const NO_INFORMATION: InformationResponse<Nothing> = {
  format: () => [],
  parse: (lines) => (lines.length === 0 ? null : undefined),
  owns: () => false,
};

/** The request of a command line that is always the same. V.250 5.4.1: the case of the command does not matter. */
export function fixedRequest(line: string): CommandRequest<Nothing> {
  return {
    format: () => line,
    parse: (received) => (received.toUpperCase() === line.toUpperCase() ? null : undefined),
  };
}

/** Queue order: recovery before user before polling; first come, first served within one. */
export type Priority = 'recovery' | 'user' | 'polling';

export interface ExecuteOptions {
  /**
   * A queued command leaves the queue; a running one rejects at once with `ABORTED`, but keeps the channel until the
   * module has answered.
   */
  readonly signal?: AbortSignal;
  /** Limit in ms for everything: waiting in the queue, response, result. The command's own limits hold as well. */
  readonly timeout?: number;
  /** Limit in ms for the final result code, in place of the command's own: for a module that may be slow just now. */
  readonly responseLimit?: number;
  /** Default `user`. */
  readonly priority?: Priority;
  /** Called at the `OK` of a two-stage command: the module has taken it, its result is still to come. */
  readonly onAccepted?: () => void;
}

export interface RawOptions extends ExecuteOptions {
  /** Bytes to send when the module answers with the prompt `> `. */
  readonly payload?: Buffer;
}

/** The answer to a raw command line. */
export interface RawResponse {
  /** Information text lines, wire text (latin1). */
  readonly lines: readonly string[];
  /** The final result code, `OK`. */
  readonly final: string;
}

/** How an operation of several commands waits for its turn. */
export type ExclusiveOptions = Pick<ExecuteOptions, 'signal' | 'timeout' | 'priority'>;

/** What the layers above see of the AT channel. */
export interface CommandPort {
  /**
   * Runs one declared command. Resolves with the value of its response, or for a two-stage command with the value of
   * its result URC; rejects with `CommandError`, `TimeoutError`, `ArgumentError`, `ModuleRebootedError` or another
   * `ModemError`.
   */
  execute<A, V>(command: Command<A, V>, args: A, options?: ExecuteOptions): Promise<V>;
  /** Runs one raw command line, e.g. `AT+CSQ`; rejects like `execute`. Default limit 5 s for the response. */
  send(line: string, options?: RawOptions): Promise<RawResponse>;
  /**
   * Runs several commands as one operation: from its first to its last no other command is written, whatever its
   * priority. `run` gets the port for them; what it asks of another port waits for its end, and so for ever. Settles as
   * `run` does. Options: `priority`, and `signal` and `timeout` for the wait until its turn comes. When the module
   * restarts or falls silent meanwhile, the operation is over: what it asks from then on rejects with `CLOSED`.
   */
  exclusive<T>(run: (port: CommandPort) => Promise<T>, options?: ExclusiveOptions): Promise<T>;
  /** Calls the listener for every line that the declaration recognises; the returned function ends that. */
  onUrc<T>(urc: Urc<T>, listener: (value: T) => void): () => void;
}
