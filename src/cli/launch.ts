import { isatty } from 'node:tty';
import type { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.js';
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

/** stdin, stdout, stderr. */
const STANDARD = [0, 1, 2];

const EXIT_CODES = { SIGINT: EXIT.INTERRUPTED, SIGTERM: EXIT.TERMINATED, SIGHUP: EXIT.HUNG_UP } as const;

type Signal = keyof typeof EXIT_CODES;

interface Interruption {
  /** Aborts at the first signal: the command is to end in order. */
  readonly signal: AbortSignal;
  /**
   * What the process ends with; undefined if there was no signal. For a command that runs until it is stopped (`endless`),
   * SIGTERM is the ordinary end: systemd takes any other code than 0 for a failure.
   */
  exitCode(endless: boolean): ExitCode | undefined;
  /** Gives the signals back to the system. Ends the process by SIGHUP if its terminal was closed. */
  release(): void;
}

/** The first Ctrl-C, SIGTERM or SIGHUP asks the command to end, the second one ends the process at once. */
function watchInterruption(): Interruption {
  const controller = new AbortController();
  const terminals = STANDARD.filter((descriptor) => isatty(descriptor));
  let first: Signal | undefined;
  const onSignal = (name: Signal) => {
    if (first !== undefined) process.exit(EXIT_CODES[name]);
    first = name;
    controller.abort();
  };
  const names = Object.keys(EXIT_CODES) as Signal[];
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    exitCode: (endless) => {
      if (first === undefined) return undefined;
      return endless && first === 'SIGTERM' ? EXIT.DONE : EXIT_CODES[first];
    },
    release: () => {
      for (const name of names) process.off(name, onSignal);
      // An ordinary end sets the terminal right, and Node 20 aborts with a core dump if that fails (node.cc, ResetStdio).
      if (terminals.some((descriptor) => !isatty(descriptor))) process.kill(process.pid, 'SIGHUP');
    },
  };
}
