import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { abortedError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';

/** Whether somebody can be asked: both ends are a terminal. */
export function canAsk(input: Readable): boolean {
  return (input as NodeJS.ReadStream).isTTY === true && process.stderr.isTTY === true;
}

/** Asks on stderr; only `y` and `yes` mean yes, the end of the input does not. Rejects with `ABORTED`. */
export function confirm(question: string, input: Readable, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // The terminal keeps its line mode: Ctrl-C is a signal as ever.
    const lines = createInterface({ input, terminal: false });
    process.stderr.write(`${question} [y/N] `);
    const release = onAbort(signal, () => {
      reject(abortedError(signal));
      lines.close();
    });
    lines.once('line', (line) => {
      resolve(/^\s*y(es)?\s*$/i.test(line));
      lines.close();
    });
    lines.once('close', () => {
      release();
      resolve(false);
    });
  });
}
