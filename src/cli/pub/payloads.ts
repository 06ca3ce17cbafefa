import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { splitLines } from './lines.js';
import { chosenSource, type SourceOptions } from './options.js';

/** What is to be published: one payload that is known at once, or as many as come. */
export type Payloads =
  | { readonly single: Buffer }
  | {
      /** To be read once; rejects and closes the input when the signal aborts. */
      readonly stream: (signal: AbortSignal) => AsyncIterable<Buffer>;
    };

/**
 * Reads what can be read beforehand, so that a missing file is told before the port is opened; no more than `largest`
 * bytes and one.
 */
export async function readPayloads(
  options: SourceOptions,
  input: () => Readable,
  signal: AbortSignal,
  largest: number,
): Promise<Payloads> {
  switch (chosenSource(options)) {
    case 'message':
      return { single: Buffer.from(options.message ?? '') };
    case 'nullMessage':
      return { single: Buffer.alloc(0) };
    case 'file':
      return { single: await fileBytes(options.file ?? '', largest, signal) };
    case 'stdinFile':
      return { single: await wholeOf(addAbortSignal(signal, input()), 'stdin', largest) };
    case 'stdinLine':
      return { stream: (limit) => splitLines(addAbortSignal(limit, input())) };
  }
}

async function fileBytes(path: string, largest: number, signal: AbortSignal): Promise<Buffer> {
  try {
    return await wholeOf(createReadStream(path, { end: largest, signal }), path, largest);
  } catch (error) {
    if (error instanceof ModemError) throw error;
    const reason = (error as Error).message;
    throw new ArgumentError('file', JSON.stringify(path), `a file that can be read (${reason})`);
  }
}

/** The stream is destroyed when it has given more than it may. */
async function wholeOf(stream: AsyncIterable<Buffer>, source: string, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > largest) {
      const what = `${source} has more than ${largest} bytes, the most that one message can carry`;
      throw new ModemError('INVALID_ARGUMENT', `${what}: send it in parts`);
    }
  }
  return Buffer.concat(chunks);
}
