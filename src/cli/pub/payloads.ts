import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { ArgumentError, fileError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { SourceOptions } from './command.js';

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
    throw fileError('file', 'read', path, error);
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

type Source = keyof SourceOptions;

const SOURCES: readonly Source[] = ['message', 'file', 'stdinLine', 'nullMessage', 'stdinFile'];

/** The one source that was given. Throws `INVALID_ARGUMENT` for none and for several. */
function chosenSource(options: SourceOptions): Source {
  const [source, another] = SOURCES.filter((name) => options[name] !== undefined);
  if (source !== undefined && another === undefined) return source;
  const found = source === undefined ? 'nothing to publish' : 'more than one thing to publish';
  throw new ModemError('INVALID_ARGUMENT', `${found}: give exactly one of -m, -f, -l, -n, -s`);
}

const LF = 0x0a;

/** Bytes; far above what a message can have. A stream without line ends must not fill the memory. */
const MAX_LINE = 1024 * 1024;

/** The lines of a byte stream without their LF, byte for byte; what stands behind the last LF is a line if not empty. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(LF); end >= 0; end = rest.indexOf(LF, start)) {
      yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > MAX_LINE) {
      throw new ArgumentError(
        'stdin',
        'a long line',
        'lines that end in LF',
        `stdin: a line has more than ${MAX_LINE} bytes: end each line with LF`,
      );
    }
  }
  if (rest.length > 0) yield rest;
}
