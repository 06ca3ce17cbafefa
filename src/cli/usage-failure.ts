import type { CommanderError } from 'commander';
import { ModemError } from '../errors/modem-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { logOptions } from './launch.js';
import { Log } from './log.js';
import { usageText } from './usage-text.js';

/** Tells what is wrong with the command line; gives the exit code of the process. */
export function usageFailure(error: CommanderError, args: readonly string[]): ExitCode {
  // Without a command commander has written the help.
  if (error.code === 'commander.help') return EXIT.USAGE;
  const log = new Log(process.stderr, logOptions({ json: args.includes('--json') }));
  return log.failure(new ModemError('INVALID_ARGUMENT', usageText(error.message, args)));
}
