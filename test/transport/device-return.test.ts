import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviceReturns } from '../../src/transport/device-return.js';
import { serialPath } from '../../src/transport/open.js';
import { delay } from '../../src/util/delay.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-dev-'));
  path = join(folder, 'ttyUSB0');
});
afterEach(() => rm(folder, { recursive: true }));

const LOOKS = 10;
const never = new AbortController().signal;

/** Whether it has resolved after many more looks. */
async function hasResolved(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), delay(20 * LOOKS).then(() => false)]);
}

describe('a device that is away', () => {
  it('returns when it is there', async () => {
    const returned = deviceReturns(path, never, LOOKS);
    expect(await hasResolved(returned)).toBe(false);
    await writeFile(path, '');
    await returned;
  });

  it('has not returned while the old one is still there, but when that is replaced', async () => {
    await writeFile(path, '');
    const returned = deviceReturns(path, never, LOOKS);
    expect(await hasResolved(returned)).toBe(false);
    await unlink(path);
    expect(await hasResolved(returned)).toBe(false);
    await writeFile(path, '');
    await returned;
  });

  it('is not looked for any more when the signal fires', async () => {
    const stop = new AbortController();
    const returned = deviceReturns(path, stop.signal, LOOKS);
    stop.abort();
    await writeFile(path, '');
    expect(await hasResolved(returned)).toBe(false);
  });
});

describe('the device of a source', () => {
  it.each([
    ['/dev/ttyUSB0', '/dev/ttyUSB0'],
    ['COM3', 'COM3'],
    ['serial:///dev/ttyS1?baudRate=9600', '/dev/ttyS1'],
    ['SERIAL:COM3', 'COM3'],
    ['tcp://127.0.0.1:1', undefined],
    ['memory:x', undefined],
    ['serial://[', undefined],
  ])('%s is %s', (source, device) => {
    expect(serialPath(source)).toBe(device);
  });

  it('is not known for a function', () => {
    expect(serialPath(() => Promise.reject())).toBeUndefined();
  });
});
