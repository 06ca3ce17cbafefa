import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operatorName } from '../../../src/cli/provision/open-ledger.js';
import { passphraseOf, readSecretFile } from '../../../src/cli/provision/passphrase.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'secret.txt');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Words of the error for a file with this in it. */
function refusal(content: string): string {
  writeFileSync(path, content);
  try {
    return `taken: ${readSecretFile('passphrase-file', path)}`;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase-file' });
    return (error as Error).message;
  }
}

describe('a file with a secret', () => {
  it.each(['correct horse', 'correct horse\n', '\ufeffcorrect horse\r\n', 'correct horse\n\n'])(
    'gives its one line: %j',
    (content) => {
      writeFileSync(path, content);
      expect(readSecretFile('passphrase-file', path)).toBe('correct horse');
    },
  );

  it.each([
    ['nothing', ''],
    ['a line end alone', '\n'],
    ['two lines', 'hush-1\nhush-2\n'],
    ['an empty first line', '\nhush-1\n'],
  ])('is refused with %s in it, which is not shown', (_what, content) => {
    expect(refusal(content)).toBe(
      `passphrase-file is ${JSON.stringify(path)}, but must be a file with the secret as its one line`,
    );
  });

  it('is refused if it is long, or cannot be read', () => {
    expect(refusal('x'.repeat(4097))).toContain('must be a file of at most 4096 bytes');
    expect(refusal('x'.repeat(4096))).toMatch(/^taken: x{4096}$/);
    expect(() => readSecretFile('passphrase-file', folder)).toThrow(
      /^cannot read ".*": illegal operation on a directory$/,
    );
    expect(() => readSecretFile('passphrase-file', join(folder, 'none'))).toThrow(
      /^cannot read ".*none": no such file or directory$/,
    );
  });
});

describe('the passphrase', () => {
  it('comes from the file, else from the environment, else there is none', () => {
    writeFileSync(path, 'from the file\n');
    const environment = { ATMQTT_LEDGER_PASSPHRASE: 'from the environment' };
    expect(passphraseOf({ passphraseFile: path }, environment)).toBe('from the file');
    expect(passphraseOf({}, environment)).toBe('from the environment');
    expect(passphraseOf({}, { ATMQTT_LEDGER_PASSPHRASE: '' })).toBeUndefined();
    expect(passphraseOf({}, {})).toBeUndefined();
  });
});

describe('the operator', () => {
  it('is the user unless another name is given', () => {
    expect(operatorName({})).toBe(userInfo().username);
    expect(operatorName({ operator: ' 李 Ann ' })).toBe('李 Ann');
  });

  it.each(['', ' ', 'a\nb', 'a\u001bb', 'x'.repeat(65)])('may not be called %j', (operator) => {
    expect(() => operatorName({ operator })).toThrow(expect.objectContaining({ field: 'operator' }));
  });
});
