import type { Command, CommanderError } from 'commander';
import { ModemError } from '../errors/modem-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { logOptions } from './launch.js';
import { Log } from './log.js';
import { hostMistake, usageText } from './usage-text.js';

/** Tells what is wrong with the command line; gives the exit code of the process. */
export function usageFailure(error: CommanderError, args: readonly string[]): ExitCode {
  // Without a command commander has written the help.
  if (error.code === 'commander.help') return EXIT.USAGE;
  return fail(usageText(error.message, args), args);
}

/** Undefined unless `-h` was given a host. */
export function hostFailure(program: Command, args: readonly string[]): ExitCode | undefined {
  const mistake = hostMistake(program, args);
  return mistake === undefined ? undefined : fail(mistake, args);
}

function fail(text: string, args: readonly string[]): ExitCode {
  const log = new Log(process.stderr, logOptions({ json: args.includes('--json') }));
  return log.failure(new ModemError('INVALID_ARGUMENT', text));
}
