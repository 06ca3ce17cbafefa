import type { Writable } from 'node:stream';

/** What became of a standard stream that cannot be written. */
interface WriteFailure {
  /** Whether its reader has gone, as that of `| head -1`: no failure, what comes next is for nobody. */
  readonly readerGone: boolean;
  /** For people, e.g. `cannot write the output: no space left on device (ENOSPC)`. */
  readonly sentence: string;
}

/** Calls back at the first write that fails. Without a listener Node ends the process with a stack trace. */
export function onWriteFailure(stream: Writable, callback: (failure: WriteFailure) => void): void {
  let told = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (told) return;
    told = true;
    callback({ readerGone: isReaderGone(error), sentence: `cannot write the output: ${reason(error)}` });
  });
}

/** Windows reports EOF, a socket that was reset ECONNRESET. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EOF' || code === 'ECONNRESET';
}

/** `ENOSPC: no space left on device, write` → `no space left on device (ENOSPC)`. */
function reason({ code, message }: NodeJS.ErrnoException): string {
  const words = /^[A-Z]+: (.+), \w+$/.exec(message)?.[1];
  return words === undefined ? message : `${words} (${code})`;
}
