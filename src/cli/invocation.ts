import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import type { Log } from './log.js';
import type { Output } from './output.js';

/** What a running command has to do with the outside. */
export interface Invocation {
  /** Opened at the first use. */
  readonly input: () => Readable;
  readonly output: Output;
  readonly log: Log;
  /** Aborts when the command is to end in order: it was interrupted, or nobody reads its output. */
  readonly signal: AbortSignal;
}

/** What a command does. Rejects with why it could not be done. */
export interface CommandModule<Options> {
  run(options: Options, invocation: Invocation): Promise<ExitCode>;
  /** Whether it runs until it is stopped, so that SIGTERM is its ordinary end; by default it does not. */
  endless?(options: Options): boolean;
}

/** Makes a command do what the module says, which is loaded only when the command is called. */
export type Launch = <Options>(command: Command, load: () => Promise<CommandModule<Options>>) => void;
