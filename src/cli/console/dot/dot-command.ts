import { Command, CommanderError } from 'commander';
import { ModemError } from '../../../errors/modem-error.js';
import type { ConnectionOptions } from '../../options/connection-options.js';
import type { Outcome } from '../answer.js';
import type { Macros } from '../kept.js';
import type { SessionLog, TraceSwitch } from '../logs.js';
import type { MqttDriver } from '../mqtt-driver.js';
import type { Session } from '../session.js';
import { splitWords } from '../typed-line.js';
import type { LookSettings, View } from '../view.js';

/** What a dot-command works with. */
export interface DotContext {
  readonly session: Session;
  readonly mqtt: MqttDriver;
  readonly view: View;
  readonly look: LookSettings;
  readonly macros: Macros;
  readonly trace: TraceSwitch;
  readonly log: SessionLog;
  /** What the command line of the console says. */
  readonly connection: ConnectionOptions & { readonly port: string };
  /** Runs a line as if it was typed. */
  submit(line: string): Promise<Outcome>;
  /** Runs a dot-command; rejects with why it could not be done. */
  submitDot(line: string): Promise<void>;
  /** Fires when what runs now is to be given up. */
  stopping(): AbortSignal;
  quit(): void;
}

export interface DotCommand {
  readonly name: string;
  /** With its arguments, e.g. `.hex [on|off]`. */
  readonly usage: string;
  readonly about: string;
  /** Does not wait for the lines before it. */
  readonly immediate?: true;
  /** `rest` is what stands behind the name. Rejects with a `ModemError` that says why it could not be done. */
  run(rest: string, context: DotContext): Promise<void> | void;
}

interface Parsed<Options> {
  readonly args: readonly string[];
  /** Those that were typed, and defaults; nothing from the environment. */
  readonly options: Options;
}

/** Reads the words behind a dot-command as commander does; rejects with `INVALID_ARGUMENT` that shows the usage. */
export function parseUsage<Options>(
  usage: string,
  rest: string,
  declare: (command: Command) => Command,
): Parsed<Options> {
  const command = declare(new Command(usage.split(' ')[0]))
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} });
  try {
    command.parse(splitWords(rest), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw usageError(usage, error.message.replace(/^error: |\.$/g, ''));
  }
  const own = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) !== 'env');
  return { args: command.args, options: Object.fromEntries(own) as Options };
}

export function usageError(usage: string, why: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', `${why}; usage: ${usage}`);
}
