import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { type ArgumentError, fileError } from '../errors/kinds.js';
import { type TraceItem, TraceReader } from './trace-reader.js';

/** Bytes that are read at once. */
const CHUNK = 64 * 1024;

/**
 * Reads a trace piece by piece, the memory does not grow with the file; told how many lines were cut off when it ends.
 * Rejects with an `ArgumentError` if the file cannot be read, or is no trace.
 */
export async function* readTrace(
  path: string,
  ended: (cutOff: number) => void = () => {},
): AsyncGenerator<readonly TraceItem[]> {
  const reader = new TraceReader(path);
  const decode = traceDecoder();
  for await (const chunk of chunksOf(path)) yield reader.push(decode(chunk));
  yield reader.end();
  ended(reader.cutOff);
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) yield chunk;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The refusal of a file that cannot be opened or read. */
export function unreadable(path: string, error: unknown): ArgumentError {
  return fileError('file', 'read', path, error);
}

/** Text is taken as latin1, so that comments keep their bytes; as UTF-16 behind its mark, as some shells redirect. */
export function traceDecoder(): (chunk: Buffer) => string {
  let decoder: StringDecoder | undefined;
  return (chunk) => {
    decoder ??= new StringDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf16le' : 'latin1');
    return decoder.write(chunk);
  };
}
