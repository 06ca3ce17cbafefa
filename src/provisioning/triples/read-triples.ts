import { open } from 'node:fs/promises';
import { FileRefusedError } from './file-refused.js';
import { type ParseTriplesOptions, parseTriples, type TripleFile } from './parse-triples.js';

/** Longest file, in bytes. */
export const MAX_FILE = 64 * 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Reads a file, or the bytes of one, as `parseTriples`; rejects with what that throws, and for a file that is too long. */
export async function readTriples(
  file: string | Uint8Array,
  options: ParseTriplesOptions = {},
): Promise<TripleFile> {
  const { source = typeof file === 'string' ? file : undefined } = options;
  const bytes = typeof file === 'string' ? await readFile(file, source ?? file) : file;
  if (bytes.length > MAX_FILE) {
    const text = `it is longer than ${MAX_FILE / 1024 / 1024} MB: divide it`;
    throw new FileRefusedError(source ?? 'the file', [{ text }]);
  }
  return parseTriples(bytes, { ...options, source });
}

/** At most one byte more than a file may have: a pipe, or a device, could go on for ever. */
async function readFile(path: string, source: string): Promise<Buffer> {
  try {
    const handle = await open(path);
    const chunks: Buffer[] = [];
    // Closes the file behind it.
    for await (const chunk of handle.createReadStream({ end: MAX_FILE })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new FileRefusedError(source, [{ text: REASONS[code] ?? message }]);
  }
}
