import { expect } from 'vitest';
import { FileRefusedError } from '../../../src/provisioning/triples/file-refused.js';
import {
  type ParseTriplesOptions,
  parseTriples,
  type TripleFile,
} from '../../../src/provisioning/triples/read-triples.js';

/** That of the first of `triples()`. */
export const SECRET = 'ga7XA6KdlEeiPXQPpRbAjOZXwG8yd0000';

export function parse(text: string, options: ParseTriplesOptions = {}): TripleFile {
  return parseTriples(Buffer.from(text), options);
}

/** Why the file is refused. */
export function refusal(run: () => unknown): FileRefusedError {
  try {
    run();
  } catch (error) {
    if (error instanceof FileRefusedError) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

/** What is said of a refused text, without the words that every refusal begins with. */
export function problems(text: string, options?: ParseTriplesOptions): string {
  const { message, code } = refusal(() => parse(text, options));
  expect(code).toBe('FILE_REFUSED');
  expect(message).not.toContain(SECRET);
  return message.replace('the file is refused as a whole: ', '');
}
