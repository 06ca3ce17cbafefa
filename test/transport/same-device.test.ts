import { mkdir, mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { linkTo, SameDevice } from '../../src/transport/same-device.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { readFrom } from '../helpers/streams.js';

let dev: string;
let byId: string;
let byPath: string;

beforeEach(async () => {
  dev = await mkdtemp(join(tmpdir(), 'atmqtt-dev-'));
  byId = join(dev, 'by-id');
  byPath = join(dev, 'by-path');
  await mkdir(byId);
  await mkdir(byPath);
});
afterEach(() => rm(dev, { recursive: true }));

describe('the link to a device', () => {
  beforeEach(() => writeFile(join(dev, 'ttyUSB0'), ''));

  it('is the one by id, or else the one by path', async () => {
    await symlink('../ttyUSB0', join(byPath, 'pci-0:1'));
    expect(await linkTo(join(dev, 'ttyUSB0'), [byId, byPath])).toBe(join(byPath, 'pci-0:1'));
    await symlink('../ttyUSB0', join(byId, 'usb-maker-if00'));
    expect(await linkTo(join(dev, 'ttyUSB0'), [byId, byPath])).toBe(join(byId, 'usb-maker-if00'));
  });

  it('does not exist without udev, for another device, and for none', async () => {
    await symlink('../ttyUSB1', join(byId, 'usb-dead-if00'));
    expect(await linkTo(join(dev, 'ttyUSB0'), [byId, byPath, join(dev, 'none')])).toBeUndefined();
    expect(await linkTo(join(dev, 'ttyUSB1'), [byId, byPath])).toBeUndefined();
  });
});

describe.skipIf(!hasPty)('the same device', () => {
  /** A device under `name`, with a link by id if it has an identity. */
  async function plugIn(name: string, identity?: string): Promise<Pty> {
    const pty = await openPty();
    await symlink(pty.path, join(dev, name));
    if (identity !== undefined) await symlink(join('..', name), join(byId, identity));
    onTestFinished(() => pty.close());
    return pty;
  }

  async function unplug(pty: Pty, name: string, identity?: string): Promise<void> {
    await pty.close();
    await unlink(join(dev, name));
    if (identity !== undefined) await unlink(join(byId, identity));
  }

  function closed(stream: Duplex): Promise<void> {
    return new Promise((resolve) => {
      stream.on('error', () => {}).once('close', resolve);
    });
  }

  async function greets(pty: Pty, stream: Duplex): Promise<void> {
    pty.stream.write('hello');
    expect(String(await readFrom(stream, 5))).toBe('hello');
    await closed(stream.destroy());
  }

  it.each([
    ['a path', (name: string) => name],
    ['a URL', (name: string) => `serial://${name}?baudRate=9600`],
  ])(
    'of %s is found again under another number, while another one has taken its own',
    async (_what, source) => {
      const first = await plugIn('ttyUSB0', 'usb-module #7-if00');
      const device = new SameDevice(source(join(dev, 'ttyUSB0')), [byId, byPath]);
      const lost = closed(await device.open());
      await unplug(first, 'ttyUSB0', 'usb-module #7-if00');
      await lost;
      await plugIn('ttyUSB0', 'usb-other-if00');
      await expect(device.open()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
      await greets(await plugIn('ttyUSB1', 'usb-module #7-if00'), await device.open());
    },
  );

  it('without a link is what has its number', async () => {
    const first = await plugIn('ttyUSB0');
    const device = new SameDevice(join(dev, 'ttyUSB0'), [byId, byPath]);
    const lost = closed(await device.open());
    await unplug(first, 'ttyUSB0');
    await lost;
    await greets(await plugIn('ttyUSB0', 'usb-other-if00'), await device.open());
  });

  it('is learned at the first open that succeeds', async () => {
    const device = new SameDevice(join(dev, 'ttyUSB0'), [byId, byPath]);
    await expect(device.open()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    const pty = await plugIn('ttyUSB0', 'usb-module-if00');
    const stream = await device.open();
    await unlink(join(dev, 'ttyUSB0'));
    await unlink(join(byId, 'usb-module-if00'));
    await symlink(pty.path, join(byId, 'usb-module-if00'));
    await closed(stream.destroy());
    await greets(pty, await device.open());
  });
});

describe('what is no numbered port', () => {
  it('is opened as it was given', async () => {
    let opened = 0;
    const device = new SameDevice(() => {
      opened += 1;
      return memoryLink()[0];
    });
    const first = await device.open();
    const second = await device.open();
    expect(second).not.toBe(first);
    expect(opened).toBe(2);
    await expect(new SameDevice('nonsense').open()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
