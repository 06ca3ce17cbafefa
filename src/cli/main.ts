import { CommanderError } from 'commander';
import type { ExitCode } from './exit-codes.js';
import { createProgram } from './program.js';

/**
 * Runs the command line, without the names of node and script; gives the exit code of the process. What only a command
 * or a failure needs is loaded then: help and version are shown without it.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // Takes the arguments, and a password among them, out of what `ps` shows.
  process.title = 'atmqtt';
  let exitCode: ExitCode = 0;
  const program = createProgram((command, load) => {
    command.action(async () => {
      const { launch } = await import('./launch.js');
      exitCode = await launch(command, load);
    });
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander throws for help and version as well, and has written these.
    if (error.exitCode === 0) return exitCode;
    const { usageFailure } = await import('./usage-failure.js');
    return usageFailure(error, args);
  }
  return exitCode;
}
