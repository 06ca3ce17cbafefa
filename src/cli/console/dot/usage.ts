import { Command, CommanderError } from 'commander';
import { ModemError } from '../../../errors/modem-error.js';
import { splitWords } from '../words.js';

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
