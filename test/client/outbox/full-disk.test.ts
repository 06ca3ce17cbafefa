import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { OutboxFile } from '../../../src/client/outbox/outbox-file.js';
import { Rig } from '../../helpers/rig.js';
import { hasSmallDisk, SmallDisk } from '../../helpers/small-disk.js';

const FULL = { code: 'OUTBOX_UNUSABLE', message: expect.stringContaining('the disk is full') };

let disk: SmallDisk;
let path: string;
let files: OutboxFile[];

beforeEach(() => {
  if (!hasSmallDisk) return;
  disk = SmallDisk.mount(300) as SmallDisk;
  path = join(disk.folder, 'outbox.db');
  files = [];
});

afterEach(() => {
  if (!hasSmallDisk) return;
  for (const file of files) file.close();
  disk.unmount();
});

async function open(): Promise<OutboxFile> {
  const file = await OutboxFile.open(path);
  files.push(file);
  return file;
}

function add(file: OutboxFile, id: number, bytes: number): void {
  const fields = { topic: 'up', qos: 1 as const, retain: false, acceptedAt: 5, expiresAt: undefined };
  const added = [{ ...fields, id, payload: Buffer.alloc(bytes, id) }];
  file.write({ added, tried: new Map(), removed: new Set() });
}

/** The ids of the messages that were accepted until the disk was full. */
function fillWithMessages(file: OutboxFile, bytes: number): number[] {
  const ids: number[] = [];
  for (let id = 1; ; id += 1) {
    try {
      add(file, id, bytes);
    } catch (error) {
      expect(error).toMatchObject(FULL);
      return ids;
    }
    ids.push(id);
  }
}

const idsOf = (file: OutboxFile) => file.load().messages.map(({ message }) => message.id);

function remove(file: OutboxFile, ...ids: number[]): void {
  file.write({ added: [], tried: new Map(), removed: new Set(ids) });
}

describe.skipIf(!hasSmallDisk)('an outbox on a full disk', () => {
  it.each([10, 400, 3000, 5000, 8000])('keeps what it has accepted: messages of %i bytes', async (bytes) => {
    const file = await open();
    const ids = fillWithMessages(file, bytes);
    expect(ids.length * bytes).toBeGreaterThan(bytes < 100 ? 10_000 : 90_000);
    expect(idsOf(file)).toEqual(ids);
    file.close();
    const again = await open();
    expect(idsOf(again)).toEqual(ids);
    expect(again.load().messages[0]?.message.payload).toEqual(Buffer.alloc(bytes, 1));
  });

  it.each([10, 400, 3000, 5000, 8000])(
    'lets messages of %i bytes go, whoever takes the room that they leave',
    async (bytes) => {
      const file = await open();
      const ids = fillWithMessages(file, bytes);
      for (const id of ids.splice(0, 4)) {
        disk.fill();
        remove(file, id);
        disk.fill();
      }
      file.close();
      // Another run, on the full disk.
      disk.fill();
      const again = await open();
      expect(idsOf(again)).toEqual(ids);
      expect(() => add(again, 100_000, bytes)).toThrow(expect.objectContaining(FULL));
      again.write({
        added: [],
        tried: new Map([[ids[0] ?? 0, { attempts: 2, failure: 'no' }]]),
        removed: new Set(),
      });
      const step = Math.ceil(ids.length / 40);
      for (let start = 0; start < ids.length; start += step) {
        disk.fill();
        remove(again, ...ids.slice(start, start + step));
      }
      expect(idsOf(again)).toEqual([]);
      disk.clear();
      add(again, 100_001, bytes);
      again.close();
      expect(idsOf(await open())).toEqual([100_001]);
    },
  );

  it('lets all of them go at once', async () => {
    const file = await open();
    const ids = fillWithMessages(file, 1000);
    disk.fill();
    remove(file, ...ids);
    file.close();
    expect(readdirSync(disk.folder).sort()).toEqual(['outbox.db', 'somebody-else']);
    disk.clear();
    expect(idsOf(await open())).toEqual([]);
  });

  it('opens again in this process when it could not be unlocked', async () => {
    const file = await open();
    // Until the log holds what the file has no room for yet.
    let count = 0;
    for (let size = -1; size !== statSync(path).size; ) {
      size = statSync(path).size;
      count += 1;
      add(file, count, 8000);
    }
    // Without a reserve it cannot be written back.
    rmSync(`${path}-reserve`);
    disk.fill();
    file.close();
    expect(readdirSync(disk.folder)).toContain('outbox.db-wal');
    await expect(open().then(idsOf)).resolves.toHaveLength(count);
    disk.clear();
    const last = files.at(-1);
    last?.close();
    expect(readdirSync(disk.folder).sort()).toEqual(['outbox.db', 'outbox.db-reserve']);
    expect(openElsewhere()).toBe(String(count));
  });

  it('takes a torn reserve for none', async () => {
    const file = await open();
    add(file, 1, 10);
    file.close();
    truncateSync(`${path}-reserve`, 1000);
    const again = await open();
    add(again, 2, 10);
    const ids = idsOf(again);
    expect(ids).toEqual([1, 2]);
  });

  it('does not end the process of a client, before end() and after', async () => {
    const rig = await Rig.start();
    onTestFinished(() => rig.stop());
    const client = await rig.connect({ outbox: { file: path, maxMessages: 10_000 } });
    const troubles: string[] = [];
    client.on('error', ({ code }) => troubles.push(code));
    rig.module.faults.on('connect-fails');
    rig.module.dropBroker();
    const sent = Array.from({ length: 600 }, () => client.publish('up', 'x'.repeat(900), { qos: 1 }));
    const accepted = await Promise.allSettled(sent.map((one) => one.accepted));
    const kept = accepted.filter(({ status }) => status === 'fulfilled').length;
    expect(kept).toBeGreaterThan(50);
    expect(kept).toBeLessThan(300);
    disk.fill();
    rig.module.faults.off('connect-fails');
    await client.drained();
    expect(client.stats()).toMatchObject({ delivered: kept, outbox: 0 });
    disk.fill();
    await client.end();
    await client.end();
    expect(troubles.filter((code) => code.startsWith('OUTBOX'))).toEqual([]);
    disk.clear();
    expect(idsOf(await open())).toEqual([]);
  });
});

/** Opens the file in a process of its own; gives the failure, or how many messages there are. */
function openElsewhere(): string {
  const { resolve } = createRequire(import.meta.url);
  const program = `const Database = require(${JSON.stringify(resolve('libsql'))});
    try { const database = new Database(${JSON.stringify(path)});
      console.log(database.prepare('SELECT count(*) AS n FROM message').get().n);
    } catch ({ code }) { console.log(code); }`;
  return spawnSync(process.execPath, ['-e', program]).stdout.toString().trim();
}
