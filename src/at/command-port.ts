import type { Command } from './command.js';
import type { Urc } from './urc.js';

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
  /** Calls the listener for every line that the declaration recognises; the returned function ends that. */
  onUrc<T>(urc: Urc<T>, listener: (value: T) => void): () => void;
}
