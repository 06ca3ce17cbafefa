import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NewFile, writeNewFiles } from '../../../src/cli/provision/new-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'out.csv');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a new file', () => {
  it('has its name when it is whole, not before', async () => {
    const file = await NewFile.create(path);
    expect(readdirSync(folder)).toEqual([`out.csv.${process.pid}.part`]);
    await file.put('all of it');
    expect(readdirSync(folder)).toEqual(['out.csv']);
    expect(readFileSync(path, 'utf8')).toBe('all of it');
  });

  it('leaves nothing behind when it is not wanted', async () => {
    const file = await NewFile.create(path);
    await file.discard();
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never takes the place of another one', async () => {
    writeFileSync(path, 'old');
    await expect(NewFile.create(path)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'output' });
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('nor of one that came while it was written', async () => {
    const file = await NewFile.create(path);
    writeFileSync(path, 'faster');
    await expect(file.put('slower')).rejects.toMatchObject({ field: 'output' });
    expect(readFileSync(path, 'utf8')).toBe('faster');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('is refused where nothing can be written', async () => {
    const nowhere = join(folder, 'no', 'out.csv');
    await expect(NewFile.create(nowhere)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/^cannot write ".*": no such file or directory$/),
    });
  });

  it('comes with all its pages or with none', async () => {
    const second = join(folder, 'out-2.csv');
    writeFileSync(second, 'old');
    const pages = new Map([
      [path, 'one'],
      [second, 'two'],
    ]);
    await expect(writeNewFiles(pages)).rejects.toMatchObject({ field: 'output' });
    expect(readdirSync(folder)).toEqual(['out-2.csv']);
    rmSync(second);
    await writeNewFiles(pages);
    expect([path, second].map((name) => readFileSync(name, 'utf8'))).toEqual(['one', 'two']);
  });

  it.skipIf(process.getuid?.() === 0)('is refused in a folder that belongs to others', async () => {
    chmodSync(folder, 0o500);
    await expect(NewFile.create(path)).rejects.toMatchObject({ field: 'output' });
    chmodSync(folder, 0o700);
  });
});
