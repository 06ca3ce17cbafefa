import { isatty } from 'node:tty';
import { EXIT, type ExitCode } from './exit-codes.js';

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
export function watchInterruption(): Interruption {
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
