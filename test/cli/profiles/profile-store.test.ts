import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configFolder, ProfileStore } from '../../../src/cli/profiles/profile-store.js';

let folder: string;
let store: ProfileStore;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'atmqtt-')), 'atmqtt', 'profiles');
  store = new ProfileStore(folder);
});

afterEach(() => rm(join(folder, '../..'), { recursive: true }));

describe('profiles', () => {
  it('are files that only their owner can read, also over an older one with other rights', async () => {
    await store.save('bench', { port: 'COM3' });
    await chmod(store.path('bench'), 0o644);
    await store.save('bench', { port: 'COM4', buffered: true });
    expect((await stat(store.path('bench'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await readFile(store.path('bench'), 'utf8'))).toEqual({
      version: 1,
      options: { port: 'COM4', buffered: true },
    });
    expect(await store.load('bench')).toEqual({ port: 'COM4', buffered: true });
    expect(await readdir(folder)).toEqual(['bench.json']);
  });

  it('are listed by name; other files of the folder are none', async () => {
    expect(await store.names()).toEqual([]);
    await store.save('b', { port: 'x' });
    await store.save('a.1', { port: 'x' });
    for (const name of ['notes.txt', 'c.json.1234.part', 'nt26.json', '.hidden.json']) {
      await writeFile(join(folder, name), '');
    }
    expect(await store.names()).toEqual(['a.1', 'b']);
  });

  it('are told with those that there are when the name is wrong', async () => {
    await expect(store.load('x')).rejects.toThrow(
      /^there is no profile "x" \(there is none yet\); --save makes one$/,
    );
    await store.save('bench', { port: 'x' });
    await expect(store.load('x')).rejects.toThrow(/\(there are: bench\)/);
    await expect(store.delete('x')).rejects.toThrow(/\(there are: bench\)/);
    await store.delete('bench');
    expect(await store.names()).toEqual([]);
  });

  it.each(['../x', 'a/b', '', '.x', '-x', 'a b', 'x'.repeat(65), 'nt26', 'nt35e'])(
    'cannot be named %s',
    async (name) => {
      const refused = { code: 'INVALID_ARGUMENT' };
      await expect(store.save(name, { port: 'x' })).rejects.toMatchObject(refused);
      await expect(store.load(name)).rejects.toMatchObject(refused);
      await expect(store.delete(name)).rejects.toMatchObject(refused);
      expect(await readdir(join(folder, '../..'))).toEqual([]);
    },
  );

  it.each([
    'hunter2',
    '{"version":1,"options":{"pw":"hunter2"',
    '["hunter2"]',
    '{"version":2,"options":{"pw":"hunter2"}}',
    '{"version":1,"pw":"hunter2"}',
    '{"version":1,"options":{"pw":["hunter2"]}}',
    '{"version":1,"options":{"buffered":false,"pw":"hunter2"}}',
  ])('are refused when the file is spoilt, and nothing of it is shown: %s', async (text) => {
    await mkdir(folder, { recursive: true });
    await writeFile(store.path('bench'), text);
    const error = await store.load('bench').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('bench.json') });
    expect(String(error)).not.toContain('hunter2');
  });

  it('leave nothing behind when they cannot be written', async () => {
    await mkdir(store.path('bench'), { recursive: true });
    await expect(store.save('bench', { port: 'x' })).rejects.toThrow(/^cannot write ".*": /);
    expect(await readdir(folder)).toEqual(['bench.json']);
  });
});

describe('the folder of the settings', () => {
  it('follows XDG, and APPDATA on Windows', () => {
    expect(configFolder({ XDG_CONFIG_HOME: '/x' }, 'linux')).toBe('/x/atmqtt');
    const home = join(homedir(), '.config', 'atmqtt');
    expect(configFolder({}, 'linux')).toBe(home);
    expect(configFolder({ XDG_CONFIG_HOME: '', APPDATA: '/a' }, 'linux')).toBe(home);
    expect(configFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux')).toBe(home);
    expect(configFolder({ APPDATA: '/a' }, 'win32')).toBe('/a/atmqtt');
  });
});
