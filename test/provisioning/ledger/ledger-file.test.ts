import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { OutboxFile } from '../../../src/client/outbox/outbox-file.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { migrate } from '../../../src/provisioning/ledger/migrate.js';
import { enlist, imeiOf, newLedger, newPath, openLedger, rowsOf, tripleOf } from './ledger-fixture.js';
import { rawRows, rawSql } from './raw.js';
import { thrown } from './thrown.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

const refusal = (path: string, options = {}) => Ledger.open(path, options).catch((error: unknown) => error);

describe('A ledger file', () => {
  it('is the owner alone to read, with its log and its shared memory.', async () => {
    const { path } = await newLedger(1);
    for (const name of [path, `${path}-wal`, `${path}-shm`])
      expect([name, modeOf(name)]).toEqual([name, 0o600]);
  });

  it('that others may read is theirs no longer once it was opened.', async () => {
    const { path } = await newLedger(1);
    for (const name of [path, `${path}-wal`]) chmodSync(name, 0o644);
    await openLedger(path);
    expect([modeOf(path), modeOf(`${path}-wal`)]).toEqual([0o600, 0o600]);
  });

  it('has a log ahead of its pages, and types in all of its tables.', async () => {
    const { path } = await newLedger(0);
    expect(rawRows(path, 'PRAGMA journal_mode')).toMatchObject([{ journal_mode: 'wal' }]);
    expect(
      rawRows(path, "SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite%'"),
    ).toEqual([]);
  });

  it('is one file without a log when the last process has closed it.', async () => {
    const ledger = await newLedger(1);
    ledger.close();
    ledger.close();
    expect(statSync(`${ledger.path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    const copy = newPath();
    copyFileSync(ledger.path, copy);
    expect((await openLedger(copy)).secretOf(1)).toEqual(tripleOf(1));
    expect(thrown(() => ledger.counts())).toMatchObject({ code: 'CLOSED' });
  });

  it('is made only when it is to be made.', async () => {
    const path = newPath();
    expect(await refusal(path)).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('import'),
    });
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    writeFileSync(path, '');
    expect(await refusal(path)).toMatchObject({
      message: expect.stringContaining('it is no ledger: it is empty'),
    });
    expect(await refusal(path, { create: true })).toBeInstanceOf(Ledger);
  });

  it.each<[string, (path: string) => unknown, string]>([
    ['a text', (path) => writeFileSync(path, 'DeviceName,DeviceSecret\n'.repeat(50)), 'it is no ledger'],
    ['a database of another program', (path) => foreign(path), 'it is a database of another program'],
    [
      'an outbox',
      async (path) => (await OutboxFile.open(path)).close(),
      'it is a database of another program',
    ],
    ['a folder', (path) => mkdirSync(path), 'it is a folder'],
    ['a ledger of a newer version', newer, 'it has version 99, this atmqtt knows version 3 and older ones'],
  ])('is refused when it is %s, which stays as it is.', async (_what, make, why) => {
    const path = newPath();
    await make(path);
    const before = statSync(path).isFile() ? readFileSync(path) : undefined;
    for (const options of [{}, { create: true }]) {
      expect(await refusal(path, options)).toMatchObject({
        code: 'LEDGER_UNUSABLE',
        message: expect.stringContaining(why),
      });
    }
    if (before !== undefined) expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('that is damaged in the middle is refused before a station works with it.', async () => {
    const ledger = await newLedger(500);
    ledger.close();
    const bytes = readFileSync(ledger.path);
    bytes.fill(0xaa, bytes.length - 4096 * 12, bytes.length - 4096 * 2);
    writeFileSync(ledger.path, bytes);
    const damaged = await openLedger(ledger.path);
    expect(thrown(() => enlist(damaged))).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('it is damaged'),
    });
  });

  it('that another process holds for too long is busy, and nothing is written.', async () => {
    const { path } = await newLedger(1);
    const ledger = await openLedger(path, { busyTimeout: 30 });
    const holder = new Database(path);
    holder.exec('BEGIN IMMEDIATE');
    expect(thrown(() => enlist(ledger))).toMatchObject({ code: 'LEDGER_BUSY' });
    expect(ledger.counts()).toMatchObject({ new: 1 });
    holder.exec('COMMIT');
    holder.close();
    enlist(ledger);
  });

  it('comes from an older version by all changes since, in one transaction.', async () => {
    const { path } = await newLedger(1);
    const database = new Database(path);
    const more = ['not looked at again', 'nor this', 'nor this', 'CREATE TABLE extra (a INTEGER) STRICT'];
    expect(() =>
      migrate(database, { migrations: [...more, 'CREATE TABLE extra (a INTEGER) STRICT'] }),
    ).toThrow();
    database.exec('ROLLBACK');
    expect(rawRows(path, 'PRAGMA user_version')).toMatchObject([{ user_version: 3 }]);
    migrate(database, { migrations: more });
    database.close();
    expect(rawSql(path, 'INSERT INTO extra (a) VALUES (1)')).toBe('');
    expect(await refusal(path)).toMatchObject({ message: expect.stringContaining('it has version 4') });
  });
});

describe('A new file', () => {
  it('is made by one of several that want it at once.', async () => {
    const path = newPath();
    const opening = Array.from({ length: 6 }, () => openLedger(path, { create: true }));
    for (const [index, ledger] of (await Promise.all(opening)).entries()) {
      ledger.importTriples({ source: 'f', operator: 'o' }, rowsOf(index * 10, 10));
    }
    expect((await openLedger(path)).counts()).toMatchObject({ new: 60 });
  });
});

function foreign(path: string): void {
  const { resolve } = createRequire(import.meta.url);
  const program = `const Database = require(${JSON.stringify(resolve('libsql'))});
    new Database(${JSON.stringify(path)}).exec('CREATE TABLE t (a)');`;
  expect(spawnSync(process.execPath, ['-e', program]).status).toBe(0);
}

async function newer(path: string): Promise<void> {
  const ledger = await Ledger.open(path, { create: true });
  ledger.close();
  expect(rawSql(join(path), 'PRAGMA user_version = 99')).toBe('');
}

describe('A ledger that is open', () => {
  it('takes nothing any more when a copy was put into its place.', async () => {
    const ledger = await newLedger(2);
    const run = enlist(ledger);
    const attempt = run.attempt({ imei: imeiOf(1) }, 'A');
    attempt.reserve();
    const { path } = ledger;
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    const refusal = {
      code: 'LEDGER_UNUSABLE',
      message: expect.stringMatching(/was replaced by another file while it was open.*start again/),
    };
    expect(thrown(() => run.attempt({ imei: imeiOf(2) }, 'B'))).toMatchObject(refusal);
    expect(thrown(() => attempt.written())).toMatchObject(refusal);
    expect(thrown(() => ledger.counts())).toMatchObject(refusal);
    ledger.close();
    const other = await openLedger(path);
    other.importTriples({ source: 'b.csv', operator: 'ann' }, rowsOf(11, 2));
    other.close();
    const again = await openLedger(path);
    expect(() => enlist(again)).not.toThrow();
    expect(again.triples()).toHaveLength(4);
  });

  it('says so when its file is taken away, and goes on when that is back.', async () => {
    const ledger = await newLedger(1);
    const { path } = ledger;
    renameSync(path, `${path}.away`);
    expect(thrown(() => ledger.counts())).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('was taken away or renamed while it was open'),
    });
    renameSync(`${path}.away`, path);
    expect(ledger.counts()).toMatchObject({ new: 1 });
    rmSync(path);
    expect(thrown(() => enlist(ledger))).toMatchObject({ code: 'LEDGER_UNUSABLE' });
  });

  it('is the same by any name.', async () => {
    const { path } = await newLedger(1);
    const other = await openLedger(`${path.slice(0, path.lastIndexOf('/'))}/./factory.db`);
    expect(other.counts()).toMatchObject({ new: 1 });
  });
});
