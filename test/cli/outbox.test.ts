import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { OutboxFile } from '../../src/client/outbox/outbox-file.js';
import { hasSmallDisk, SmallDisk } from '../helpers/small-disk.js';
import { runCli } from './run-cli.js';
import { gather, startWorld } from './world.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'outbox.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

const NOWHERE = ['-p', 'tcp://127.0.0.1:1', '-b', 'mqtt://broker.example'];

const kept = () => `1 message kept in ${path}: \`atmqtt outbox ${path} flush\` sends what waits`;

/** Puts messages into the file: with a failure they were set aside. */
async function fill(...failures: (string | undefined)[]): Promise<void> {
  const file = await OutboxFile.open(path);
  const added = failures.map((_failure, index) => ({
    ...{ id: index + 1, topic: `up/${index + 1}`, payload: Buffer.from(`m${index + 1}`) },
    ...{ qos: 1 as const, retain: false, acceptedAt: 1_700_000_000_000, expiresAt: undefined },
  }));
  file.write({ added, tried: new Map(), removed: new Set() });
  const tried = failures.map(
    (failure, index) => [index + 1, { attempts: failure ? 5 : 0, failure }] as const,
  );
  file.write({ added: [], tried: new Map(tried), removed: new Set() });
  file.close();
}

describe('pub --outbox', () => {
  it('sends the message, and leaves an empty outbox', async () => {
    const { broker, to } = await startWorld();
    const seen = await gather(broker, '#', 1);
    const { code, stdout, stderr } = await runCli([
      ...['pub', ...to, '-t', 'up', '-m', 'x', '-q', '1', '--outbox', path, '--json'],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(String(stdout)).toBe('{"id":1,"topic":"up","qos":1,"retain":false,"bytes":1}\n');
    expect((await seen.all)[0]?.payload.toString()).toBe('x');
    const rest = await runCli(['outbox', path, 'list']);
    expect(rest).toMatchObject({ code: 0, stderr: 'atmqtt: the outbox is empty\n' });
  });

  it('keeps what cannot be sent, says so, and sends it before the next one', async () => {
    const failed = await runCli(['pub', ...NOWHERE, '-t', 'up', '-m', 'first', '--outbox', path]);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toBe(`atmqtt: ${kept()}\natmqtt: tcp://127.0.0.1:1: nothing listens there\n`);
    const { broker, to } = await startWorld();
    const seen = await gather(broker, '#', 3);
    const { code, stderr } = await runCli(['pub', ...to, '-t', 'up', '-l', '--outbox', path, '-q', '1'], {
      input: 'second\nthird\n',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await seen.all).map(({ payload }) => payload.toString())).toEqual(['first', 'second', 'third']);
  });

  it('stores nothing when the usage is wrong', async () => {
    const { code } = await runCli(['pub', '-b', 'mqtt://h', '-t', 'up', '-m', 'x', '--outbox', path]);
    expect(code).toBe(2);
    expect(await runCli(['outbox', path, 'list'])).toMatchObject({ code: 1 });
  });
});

/** Lines of which 300 kB hold a part. */
const LINES = Array.from({ length: 2000 }, (_none, index) => `${index} ${'x'.repeat(900)}\n`).join('');

const list = async () => String((await runCli(['outbox', path, 'list'])).stdout).split('\n').length - 1;

describe('pub --outbox that cannot store everything', () => {
  it.skipIf(!hasSmallDisk)('says how much it has stored, and flush sends that once', async () => {
    const disk = SmallDisk.mount(300) as SmallDisk;
    onTestFinished(() => disk.unmount());
    path = join(disk.folder, 'outbox.db');
    const { broker, to } = await startWorld();
    const stored = await runCli(['pub', ...to, '-t', 'up', '-l', '-q', '1', '--outbox', path], {
      input: LINES,
    });
    const count = await list();
    expect(count).toBeGreaterThan(50);
    expect(stored).toMatchObject({
      code: 1,
      stderr:
        `atmqtt: ${count} messages stored before that\n` +
        `atmqtt: ${count} messages kept in ${path}: \`atmqtt outbox ${path} flush\` sends what waits\n` +
        `atmqtt: the outbox ${path} cannot be written: the disk is full\n`,
    });
    disk.fill();
    const seen = await gather(broker, 'up', count);
    const flushed = await runCli(['outbox', path, 'flush', ...to]);
    expect(flushed).toMatchObject({ code: 0, stderr: '' });
    expect((await seen.all).map(({ payload }) => String(payload).split(' ')[0])).toEqual(
      Array.from({ length: count }, (_none, index) => String(index)),
    );
    disk.clear();
    expect(await list()).toBe(0);
  });

  // bash counts in kB, and leaves SIGXFSZ to node, which ignores it.
  it('tells a limit on the size of files, too', async () => {
    const program = 'ulimit -f 128; exec "$0" "$@"';
    const args = ['bin/atmqtt.js', 'pub', ...NOWHERE, '-t', 'up', '-l', '-q', '1', '--outbox', path];
    const options = { input: LINES, cwd: fileURLToPath(new URL('../../', import.meta.url)) };
    const limited = spawnSync('bash', ['-c', program, process.execPath, ...args], options);
    const count = await list();
    expect(limited.status).toBe(1);
    expect(String(limited.stderr)).toBe(
      `atmqtt: ${count} messages stored before that\n` +
        `atmqtt: ${count} messages kept in ${path}: \`atmqtt outbox ${path} flush\` sends what waits\n` +
        `atmqtt: the outbox ${path} cannot be written: the disk takes nothing more: it is full, its quota is used up, or it is damaged\n`,
    );
    const { broker, to } = await startWorld();
    const seen = await gather(broker, 'up', count);
    expect(await runCli(['outbox', path, 'flush', ...to])).toMatchObject({ code: 0, stderr: '' });
    await seen.all;
    expect(await list()).toBe(0);
  });
});

describe('outbox', () => {
  it('lists what waits and what was set aside', async () => {
    await fill(undefined, 'publish failed');
    const { stdout } = await runCli(['outbox', path, 'list']);
    expect(String(stdout)).toBe(
      '1  2023-11-14T22:13:20.000Z  up/1  QoS 1  2 bytes  waiting\n' +
        '2  2023-11-14T22:13:20.000Z  up/2  QoS 1  2 bytes  set aside after 5 attempts: publish failed\n',
    );
    const json = await runCli(['outbox', path, 'list', '--failed', '--json']);
    expect(JSON.parse(String(json.stdout))).toEqual({
      ...{ id: 2, topic: 'up/2', qos: 1, retain: false, acceptedAt: '2023-11-14T22:13:20.000Z' },
      ...{ attempts: 5, failure: 'publish failed', bytes: 2, payload: 'm2' },
    });
  });

  it('flushes what waits, and with --failed all', async () => {
    await fill(undefined, 'publish failed');
    const { broker, to } = await startWorld();
    const seen = await gather(broker, '#', 2);
    const first = await runCli(['outbox', path, 'flush', ...to]);
    expect(first.code).toBe(0);
    expect(first.stderr).toBe(
      `atmqtt: 1 message set aside in ${path}: \`atmqtt outbox ${path} list --failed\` says why\n`,
    );
    expect(await runCli(['outbox', path, 'flush', ...to, '--failed'])).toMatchObject({ code: 0, stderr: '' });
    expect((await seen.all).map(({ topic }) => topic)).toEqual(['up/1', 'up/2']);
  });

  it('keeps everything when the broker is out of reach', async () => {
    await fill(undefined);
    const { modem } = await startWorld({ faults: ['open-fails=4'] });
    const { code, stderr } = await runCli([
      ...['outbox', path, 'flush', '-p', modem.url, '-b', 'mqtt://broker.example'],
    ]);
    expect(code).toBe(6);
    expect(stderr).toContain(kept());
  });

  it('purges only after a yes', async () => {
    await fill(undefined, 'publish failed');
    const unsure = await runCli(['outbox', path, 'purge']);
    expect(unsure).toMatchObject({
      code: 2,
      stderr: 'atmqtt: purge would delete 2 messages for good: give --yes to do that\n',
    });
    const failed = await runCli(['outbox', path, 'purge', '--failed', '--yes']);
    expect(String(failed.stdout)).toBe('1 message deleted\n');
    const all = await runCli(['outbox', path, 'purge', '--yes', '--json']);
    expect(String(all.stdout)).toBe('{"deleted":1}\n');
  });

  it('tells what stands in the way', async () => {
    expect(await runCli(['outbox', path, 'eat'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'eat' is invalid"),
    });
    expect(await runCli(['outbox', path, 'list'])).toMatchObject({
      code: 1,
      stderr: `atmqtt: the outbox ${path} cannot be opened: there is no such file or folder\n`,
    });
    writeFileSync(path, 'no database at all');
    expect(await runCli(['outbox', path, 'list'])).toMatchObject({
      code: 1,
      stderr: `atmqtt: the outbox ${path} cannot be opened: it is no outbox\n`,
    });
    rmSync(path);
    const holder = await OutboxFile.open(path);
    const busy = await runCli(['pub', ...NOWHERE, '-t', 'up', '-m', 'x', '--outbox', path]);
    holder.close();
    expect(busy).toMatchObject({
      code: 1,
      stderr: `atmqtt: the outbox ${path} is in use by another process\n`,
    });
  });
});
