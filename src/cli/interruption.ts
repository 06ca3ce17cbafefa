import { isatty } from 'node:tty';
import { EXIT } from './exit-codes.js';

/** stdin, stdout, stderr. */
const STANDARD = [0, 1, 2];

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interruption {
  /** Aborts at the first signal: the command is to end in order. */
  readonly signal: AbortSignal;
  /** Gives the signals back to the system. Ends the process by SIGHUP if its terminal was closed. */
  release(): void;
}

/** The first Ctrl-C, SIGTERM or SIGHUP asks the command to end, the second one ends the process at once. */
export function watchInterruption(): Interruption {
  const controller = new AbortController();
  const terminals = STANDARD.filter((descriptor) => isatty(descriptor));
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.INTERRUPTED);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      // An ordinary end sets the terminal right, and Node 20 aborts with a core dump if that fails (node.cc, ResetStdio).
      if (terminals.some((descriptor) => !isatty(descriptor))) process.kill(process.pid, 'SIGHUP');
    },
  };
}
