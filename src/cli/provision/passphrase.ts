import { closeSync, openSync, readSync } from 'node:fs';
import { ArgumentError, fileError } from '../../errors/kinds.js';
import type { LedgerOptions } from './options.js';

/** The passphrase that was given, if any; an empty variable gives none. Throws an `ArgumentError` for the file. */
export function passphraseOf(
  { passphraseFile }: Pick<LedgerOptions, 'passphraseFile'>,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (passphraseFile !== undefined) return readSecretFile('passphrase-file', passphraseFile);
  const { ATMQTT_LEDGER_PASSPHRASE: passphrase = '' } = environment;
  return passphrase === '' ? undefined : passphrase;
}

/** No secret is longer; a bigger file is another one, given by mistake. */
const MAX_BYTES = 4096;

/**
 * The secret in the first line of a small file, without its line end and a byte-order mark. Throws an `ArgumentError`
 * that names the option, never what is in the file.
 */
export function readSecretFile(option: string, path: string): string {
  const text = readSmallFile(option, path).replace(/^\uFEFF/, '');
  const [secret = '', ...rest] = text.split(/\r\n|\n|\r/);
  if (secret !== '' && rest.every((line) => line === '')) return secret;
  throw new ArgumentError(option, JSON.stringify(path), 'a file with the secret as its one line');
}

function readSmallFile(option: string, path: string): string {
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  const size = readInto(buffer, option, path);
  if (size <= MAX_BYTES) return buffer.toString('utf8', 0, size);
  throw new ArgumentError(option, JSON.stringify(path), `a file of at most ${MAX_BYTES} bytes`);
}

function readInto(buffer: Buffer, option: string, path: string): number {
  let descriptor: number | undefined;
  let size = 0;
  try {
    descriptor = openSync(path, 'r');
    // A pipe gives its bytes in pieces.
    for (let count = -1; count !== 0 && size < buffer.length; size += count) {
      count = readSync(descriptor, buffer, size, buffer.length - size, null);
    }
  } catch (error) {
    throw fileError(option, 'read', path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return size;
}
