import { readFile } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ArgumentError } from '../../errors/kinds.js';
import { splitLines } from './lines.js';
import { chosenSource, type SourceOptions } from './options.js';

/** What is to be published: one payload that is known at once, or as many as come. */
export type Payloads =
  | { readonly single: Buffer }
  | {
      /** To be read once; rejects and closes the input when the signal aborts. */
      readonly stream: (signal: AbortSignal) => AsyncIterable<Buffer>;
    };

/** Reads what can be read beforehand, so that a missing file is told before the port is opened. */
export async function readPayloads(
  options: SourceOptions,
  input: () => Readable,
  signal: AbortSignal,
): Promise<Payloads> {
  switch (chosenSource(options)) {
    case 'message':
      return { single: Buffer.from(options.message ?? '') };
    case 'nullMessage':
      return { single: Buffer.alloc(0) };
    case 'file':
      return { single: await fileBytes(options.file ?? '') };
    case 'stdinFile':
      return { single: await buffer(addAbortSignal(signal, input())) };
    case 'stdinLine':
      return { stream: (limit) => splitLines(addAbortSignal(limit, input())) };
  }
}

async function fileBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as Error).message;
    throw new ArgumentError('file', JSON.stringify(path), `a file that can be read (${reason})`);
  }
}
