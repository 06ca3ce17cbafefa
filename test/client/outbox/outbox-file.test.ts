import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { OutboxMessage } from '../../../src/client/outbox/entry.js';
import { OutboxFile } from '../../../src/client/outbox/outbox-file.js';

let folder: string;
let path: string;
let opened: OutboxFile[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'outbox.db');
  opened = [];
});

afterEach(() => {
  for (const file of opened) file.close();
  rmSync(folder, { recursive: true });
});

async function open(name = path): Promise<OutboxFile> {
  const file = await OutboxFile.open(name);
  opened.push(file);
  return file;
}

function message(id: number, fields: Partial<OutboxMessage> = {}): OutboxMessage {
  const payload = Buffer.from(`payload ${id}`);
  return { id, topic: 't', payload, qos: 1, retain: false, acceptedAt: 5, expiresAt: undefined, ...fields };
}

function add(file: OutboxFile, ...added: OutboxMessage[]): void {
  file.write({ added, tried: new Map(), removed: new Set() });
}

const idsOf = (file: OutboxFile) => file.load().messages.map((kept) => kept.message.id);

/** Opens the file in a process of its own; gives the failure, or the ids. */
function openElsewhere(): string {
  const { resolve } = createRequire(import.meta.url);
  const program = `const Database = require(${JSON.stringify(resolve('libsql'))});
    try { const database = new Database(${JSON.stringify(path)});
      console.log(database.prepare('SELECT id FROM message').all().map(({ id }) => id).join());
    } catch ({ code }) { console.log(code); }`;
  return spawnSync(process.execPath, ['-e', program]).stdout.toString().trim();
}

describe('an outbox file', () => {
  it('gives back what was written, byte for byte, in its order', async () => {
    const payload = Buffer.from([0, 255, 13, 10]);
    const first = message(7, { topic: 'ä', payload, qos: 2, retain: true, expiresAt: 9 });
    const second = message(8, { payload: Buffer.alloc(0), qos: 0 });
    const file = await open();
    add(file, second, first);
    file.write({
      added: [],
      tried: new Map([[8, { attempts: 3, failure: 'refused' }]]),
      removed: new Set(),
    });
    file.close();
    expect((await open()).load()).toEqual({
      messages: [
        { message: first, attempts: 0, failure: undefined },
        { message: second, attempts: 3, failure: 'refused' },
      ],
      lastId: 8,
    });
  });

  it('forgets what was removed, but never gives its id again', async () => {
    const file = await open();
    add(file, message(1), message(2));
    file.write({ added: [], tried: new Map(), removed: new Set([1, 2]) });
    file.close();
    expect((await open()).load()).toEqual({ messages: [], lastId: 2 });
  });

  it.runIf(process.platform !== 'win32')(
    'is for its owner alone, and so are its log and its reserve',
    async () => {
      add(await open(), message(1));
      const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
      expect(modes).toEqual([
        ['outbox.db', 0o600],
        ['outbox.db-reserve', 0o600],
        ['outbox.db-wal', 0o600],
      ]);
    },
  );

  it('leaves one file when it is closed empty, and its reserve beside messages', async () => {
    const file = await open();
    add(file, message(1));
    file.close();
    expect(readdirSync(folder)).toEqual(['outbox.db', 'outbox.db-reserve']);
    expect(openElsewhere()).toBe('1');
    const again = await open();
    again.write({ added: [], tried: new Map(), removed: new Set([1]) });
    again.close();
    expect(readdirSync(folder)).toEqual(['outbox.db']);
    expect(openElsewhere()).toBe('');
  });

  it('belongs to one user at a time', async () => {
    const file = await open();
    expect(openElsewhere()).toBe('SQLITE_BUSY');
    symlinkSync(path, join(folder, 'link.db'));
    for (const name of [path, join(folder, 'link.db')]) {
      await expect(open(name)).rejects.toMatchObject({
        code: 'OUTBOX_BUSY',
        message: `the outbox ${name} is open in this process already: each client needs a file of its own`,
      });
    }
    // The attempt has not cost the first one its lock.
    expect(openElsewhere()).toBe('SQLITE_BUSY');
    file.close();
    expect(idsOf(await open())).toEqual([]);
  });

  it('says so when another process has it open', async () => {
    const { resolve } = createRequire(import.meta.url);
    const program = `const Database = require(${JSON.stringify(resolve('libsql'))});
      const database = new Database(${JSON.stringify(path)});
      database.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (x)');
      console.log('open'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['-e', program]);
    onTestFinished(() => void other.kill());
    await once(other.stdout, 'data');
    await expect(open()).rejects.toMatchObject({
      code: 'OUTBOX_BUSY',
      message: `the outbox ${path} is in use by another process`,
    });
  });

  it('of another program can be used by that one as soon as it was refused', async () => {
    new Database(path).exec('CREATE TABLE diary (day)');
    await expect(open()).rejects.toMatchObject({ code: 'OUTBOX_UNUSABLE' });
    const program = `const Database = require(${JSON.stringify(createRequire(import.meta.url).resolve('libsql'))});
      new Database(${JSON.stringify(path)}).exec('INSERT INTO diary VALUES (1)'); console.log('written');`;
    expect(String(spawnSync(process.execPath, ['-e', program]).stdout)).toBe('written\n');
  });

  it('is not touched after its end', async () => {
    const file = await open();
    add(file, message(1));
    file.close();
    file.close();
    const closed = expect.objectContaining({ code: 'CLOSED', message: `the outbox ${path} was closed` });
    expect(() => add(file, message(2))).toThrow(closed);
    expect(() => file.load()).toThrow(closed);
  });

  it('writes all of a commit or nothing', async () => {
    const file = await open();
    add(file, message(1));
    expect(() => add(file, message(2), message(1))).toThrow(
      expect.objectContaining({ code: 'OUTBOX_UNUSABLE' }),
    );
    add(file, message(3));
    expect(idsOf(file)).toEqual([1, 3]);
  });
});

describe('after a crash', () => {
  /** The file and its log as they stand on the disk at this moment, as a killed process leaves them. */
  function crashed(): string {
    const copy = join(folder, 'crashed.db');
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(path + end));
    return copy;
  }

  it('everything that was committed is there', async () => {
    const file = await open();
    add(file, message(1));
    add(file, message(2));
    expect(idsOf(await open(crashed()))).toEqual([1, 2]);
  });

  it.each<[string, (log: string) => void]>([
    ['is cut off', (log) => truncateSync(log, statSync(log).size - 100)],
    [
      'is garbage',
      (log) =>
        writeFileSync(log, Buffer.concat([readFileSync(log).subarray(0, -500), Buffer.alloc(500, 0xa5)])),
    ],
    ['has garbage behind it', (log) => writeFileSync(log, Buffer.alloc(777, 0xa5), { flag: 'a' })],
  ])('a last write that %s costs nothing that stands before it', async (how, tear) => {
    const file = await open();
    add(file, message(1));
    add(file, message(2));
    const copy = crashed();
    tear(`${copy}-wal`);
    const again = await open(copy);
    expect(idsOf(again)).toEqual(how === 'has garbage behind it' ? [1, 2] : [1]);
    add(again, message(3));
    expect(idsOf(again)).toContain(3);
  });
});

describe('a file that is no outbox', () => {
  const refusal = (why: string) => ({
    code: 'OUTBOX_UNUSABLE',
    message: `the outbox ${path} cannot be opened: ${why}`,
  });

  it('is refused, and left as it is', async () => {
    const text = 'a diary, long enough to be taken for a database if nobody looks\n'.repeat(20);
    writeFileSync(path, text);
    await expect(open()).rejects.toMatchObject(refusal('it is no outbox'));
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('but a database of another program is refused too', async () => {
    new Database(path).exec('CREATE TABLE diary (day)');
    const before = readFileSync(path);
    await expect(open()).rejects.toMatchObject(refusal('it is a database of another program'));
    expect(readFileSync(path)).toEqual(before);
  });

  it('or one of a later version', async () => {
    (await open()).close();
    new Database(path).exec('PRAGMA user_version = 2');
    await expect(open()).rejects.toMatchObject(
      refusal('it has version 2, this atmqtt knows version 1 and older ones'),
    );
  });

  it('or a folder, or in no folder', async () => {
    await expect(open(folder)).rejects.toMatchObject({
      code: 'OUTBOX_UNUSABLE',
      message: expect.stringContaining('it is a folder'),
    });
    await expect(open(join(folder, 'no', 'file'))).rejects.toMatchObject({
      message: expect.stringContaining('there is no such file or folder'),
    });
  });

  it('or one that is damaged in the middle', async () => {
    const file = await open();
    add(file, message(1, { payload: Buffer.alloc(8000) }));
    file.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 8192, 12_288));
    const damaged = open().then((again) => again.load());
    await expect(damaged).rejects.toMatchObject({
      code: 'OUTBOX_UNUSABLE',
      message: expect.stringContaining('it is damaged'),
    });
  });
});
