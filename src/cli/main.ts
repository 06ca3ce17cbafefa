import { CommanderError } from 'commander';
import type { ExitCode } from './exit-codes.js';
import { createProgram } from './program.js';
import { onWriteFailure } from './standard-streams.js';

/**
 * Runs the command line, without the names of node and script; gives the exit code of the process. What only a command
 * or a failure needs is loaded then: help and version are shown without it.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // Takes the arguments, and a password among them, out of what `ps` shows.
  process.title = 'atmqtt';
  let exitCode: ExitCode = 0;
  let launched = false;
  onWriteFailure(process.stderr, () => {});
  // For help and version; a command that runs has an `Output` of its own.
  onWriteFailure(process.stdout, ({ readerGone, sentence }) => {
    if (readerGone || launched) return;
    process.stderr.write(`atmqtt: ${sentence}\n`);
    process.exitCode = 1 satisfies ExitCode;
  });
  const program = createProgram((command, load) => {
    command.action(async () => {
      launched = true;
      const { launch } = await import('./launch.js');
      exitCode = await launch(command, load);
    });
  });
  // With a word behind it, it may be that of mosquitto_pub.
  if (args.indexOf('-h') > 0 && args.at(-1) !== '-h') {
    const { hostFailure } = await import('./usage-failure.js');
    const failed = hostFailure(program, args);
    if (failed !== undefined) return failed;
  }
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
