import type { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.js';
import { watchInterruption } from './interruption.js';
import type { CommandModule } from './invocation.js';
import { Log } from './log.js';
import { mergedOptions } from './merged-options.js';
import type { GlobalOptions, ModemOptions } from './options/global-options.js';
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
  let endless = false;
  try {
    const settled = choosesProfile(options) ? await withProfile<Options>(command, options, log) : options;
    nameProcess(command, (settled as ModemOptions).port);
    const loaded = await load();
    endless = loaded.endless?.(settled) ?? false;
    exitCode = await loaded.run(settled, { input: () => process.stdin, output, log, signal });
  } catch (error) {
    exitCode = signal.aborted ? exitCode : log.failure(error);
  } finally {
    interruption.release();
  }
  const interrupted = interruption.exitCode(endless);
  if (interrupted !== undefined) return interrupted;
  if (output.failure !== undefined) return log.failure(new Error(output.failure));
  // A reader that has read enough (`| head -1`) is no failure.
  return output.gone.aborted ? EXIT.DONE : exitCode;
}

/** What `ps` shows: which module the process has, and none of the other arguments, which may be secrets. */
function nameProcess(command: Command, port: string | readonly string[] | undefined): void {
  // As far as the path: what stands in front of an @ or behind a ? may be a secret.
  const ports = (port === undefined ? [] : [port].flat()).map((url) =>
    url.replace(/(?<=\/\/).*@|\?.*/gs, ''),
  );
  process.title = ['atmqtt', command.name(), ...ports].join(' ');
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
