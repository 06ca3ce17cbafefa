import type { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.js';
import { watchInterruption } from './interruption.js';
import type { CommandModule } from './invocation.js';
import { Log } from './log.js';
import { mergedOptions } from './merged-options.js';
import type { GlobalOptions } from './options/global-options.js';
import { Output } from './output.js';
import type { ProfileChoice } from './profiles/settled-options.js';

/** Loads a command and runs it; gives the exit code of the process. */
export async function launch<Options>(
  command: Command,
  load: () => Promise<CommandModule<Options>>,
): Promise<ExitCode> {
  const options = mergedOptions<Options & GlobalOptions & ProfileChoice>(command);
  const log = new Log(process.stderr, logOptions(options));
  const output = new Output(process.stdout);
  const interruption = watchInterruption();
  const signal = AbortSignal.any([interruption.signal, output.gone]);
  let exitCode: ExitCode = EXIT.FAILED;
  try {
    const settled = choosesProfile(options) ? await withProfile<Options>(command, options, log) : options;
    const { run } = await load();
    exitCode = await run(settled, { input: () => process.stdin, output, log, signal });
  } catch (error) {
    exitCode = signal.aborted ? exitCode : log.failure(error);
  } finally {
    interruption.release();
  }
  if (interruption.signal.aborted) return EXIT.INTERRUPTED;
  if (output.failure !== undefined) return log.failure(new Error(output.failure));
  // A reader that has read enough (`| head -1`) is no failure.
  return output.gone.aborted ? EXIT.DONE : exitCode;
}

function choosesProfile({ profile, save, saveSecrets }: ProfileChoice): boolean {
  return profile !== undefined || save !== undefined || saveSecrets !== undefined;
}

async function withProfile<Options>(command: Command, choice: ProfileChoice, log: Log): Promise<Options> {
  const { settledOptions } = await import('./profiles/settled-options.js');
  return settledOptions<Options>(command, choice, log);
}

export function logOptions({ json = false, debug = false }: GlobalOptions): Required<GlobalOptions> {
  return { json, debug };
}
