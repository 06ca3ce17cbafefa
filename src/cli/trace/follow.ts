import { type FileHandle, open, stat } from 'node:fs/promises';
import { type TraceItem, TraceReader } from '../../transport/trace-reader.js';
import { traceDecoder, unreadable } from '../../transport/trace-source.js';
import { delay } from '../../util/delay.js';

/** ms between two looks at the file: as often as an eye notices; file systems of a network tell no changes by themselves. */
const INTERVAL = 200;

const CHUNK = 64 * 1024;

/**
 * Reads a trace and what is added to it until the signal aborts. A file that is replaced is read to its end first, then
 * the new one; one that became shorter, from its start: `undefined` stands between. `note` is told of it. Rejects with
 * an `ArgumentError` if the file is no trace.
 */
export async function* followTrace(
  path: string,
  signal: AbortSignal,
  note: (text: string) => void,
): AsyncGenerator<readonly (TraceItem | undefined)[]> {
  let told = false;
  while (!signal.aborted) {
    const file = await openIfThere(path);
    if (file === undefined) {
      if (!told) note(`${path} is not there yet`);
      told = true;
      await delay(INTERVAL, signal);
      continue;
    }
    try {
      yield* followFile(file, path, signal, note);
    } finally {
      await file.close();
    }
    told = true;
    yield [undefined];
  }
}

/** Ends when another file, or none, has the name. */
async function* followFile(
  file: FileHandle,
  path: string,
  signal: AbortSignal,
  note: (text: string) => void,
): AsyncGenerator<readonly (TraceItem | undefined)[]> {
  let reader = new TraceReader(path);
  let decode = traceDecoder();
  let position = 0;
  const buffer = Buffer.alloc(CHUNK);
  while (!signal.aborted) {
    // Looked at before the end is read: what was written until it was replaced is in the file by now.
    const replaced = await isReplaced(file, path);
    const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
    position += bytesRead;
    if (bytesRead > 0) yield reader.push(decode(buffer.subarray(0, bytesRead)));
    if (bytesRead === CHUNK) continue;
    if (replaced && bytesRead === 0) {
      note(`${path} was replaced`);
      yield reader.end();
      return;
    }
    if ((await file.stat()).size < position) {
      note(`${path} was emptied`);
      reader = new TraceReader(path);
      decode = traceDecoder();
      position = 0;
      yield [undefined];
    } else if (!replaced) await delay(INTERVAL, signal);
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

async function isReplaced(file: FileHandle, path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  const { ino, dev } = await file.stat();
  return there?.ino !== ino || there.dev !== dev;
}
