import { CommanderError } from 'commander';
import { ModemError } from '../errors/modem-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { launch, logOptions } from './launch.js';
import { Log } from './log.js';
import { createProgram } from './program.js';
import { usageText } from './usage-text.js';

/** Runs the command line, without the names of node and script; gives the exit code of the process. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // Takes the arguments, and a password among them, out of what `ps` shows.
  process.title = 'atmqtt';
  let exitCode: ExitCode = EXIT.DONE;
  const program = createProgram((command, load) => {
    command.action(async () => {
      exitCode = await launch(command, load);
    });
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = usageFailure(error, args);
  }
  return exitCode;
}

/** Commander throws for help and version as well, and has written these. */
function usageFailure(error: unknown, args: readonly string[]): ExitCode {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return EXIT.DONE;
  if (error.code === 'commander.help') return EXIT.USAGE;
  const log = new Log(process.stderr, logOptions({ json: args.includes('--json') }));
  return log.failure(new ModemError('INVALID_ARGUMENT', usageText(error.message, args)));
}
