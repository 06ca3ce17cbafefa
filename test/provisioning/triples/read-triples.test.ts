import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTriples } from '../../../src/provisioning/triples/read-triples.js';
import { consoleFile, triples } from './triple-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'triples.csv');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of triples', () => {
  it('is read from a path or from bytes', async () => {
    const text = consoleFile(triples(3));
    writeFileSync(path, text);
    const file = await readTriples(path);
    expect(file.rows.map(({ triple }) => triple)).toEqual(triples(3));
    expect(await readTriples(Buffer.from(text))).toEqual(file);
  });

  it('is called by its path, or as it is said to be', async () => {
    writeFileSync(path, 'x');
    await expect(readTriples(path)).rejects.toThrow(`${path} is refused as a whole: line 1: `);
    const named = readTriples(Buffer.from('x'), { source: 'stdin' });
    await expect(named).rejects.toThrow('stdin is refused as a whole: line 1: ');
  });

  it('is refused if it cannot be read', async () => {
    await expect(readTriples(path)).rejects.toMatchObject({
      code: 'FILE_REFUSED',
      message: `${path} is refused as a whole: there is no such file`,
    });
    await expect(readTriples(folder)).rejects.toThrow(`${folder} is refused as a whole: it is a folder`);
    await expect(readTriples('a\0b')).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });

  it('is refused if it is longer than 64 MB, before it is read on', async () => {
    writeFileSync(path, consoleFile(triples(1)));
    truncateSync(path, 64 * 1024 * 1024 + 1);
    await expect(readTriples(path)).rejects.toThrow('it is longer than 64 MB: divide it');
  });
});
