import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { byIdLinks, listPorts, mergePorts } from '../../src/transport/list-ports.js';

describe('listPorts', () => {
  it('gives a list on every machine, also without udev', async () => {
    for (const port of await listPorts()) expect(port.path).not.toBe('');
  });
});

describe('mergePorts', () => {
  it('joins what is known of a port, and says what it looks like', () => {
    const listed = [
      { path: '/dev/ttyUSB10', vendorId: '2C7C', productId: '0125', serialNumber: undefined },
      { path: '/dev/ttyUSB2', vendorId: '1a86', productId: '7523', manufacturer: '1a86', serialNumber: 'A1' },
      { path: '/dev/ttyS0', vendorId: undefined, productId: undefined },
      { path: '/dev/ttyACM0', vendorId: '19d1', productId: '0001' },
    ];
    const links = new Map([
      ['/dev/ttyUSB2', '/dev/serial/by-id/usb-1a86-if00'],
      ['/dev/ttyXR0', '/dev/serial/by-id/usb-xr-if00'],
    ]);
    expect(mergePorts(listed, links)).toEqual([
      {
        path: '/dev/ttyACM0',
        vendorId: '19d1',
        productId: '0001',
        looksLike: 'Eigencomm chip: Lierda NT26 and related modules',
      },
      { path: '/dev/ttyS0' },
      {
        path: '/dev/ttyUSB2',
        byId: '/dev/serial/by-id/usb-1a86-if00',
        manufacturer: '1a86',
        serialNumber: 'A1',
        vendorId: '1a86',
        productId: '7523',
        looksLike: 'WCH CH340 USB serial bridge',
      },
      { path: '/dev/ttyUSB10', vendorId: '2c7c', productId: '0125', looksLike: 'Quectel EC25' },
      { path: '/dev/ttyXR0', byId: '/dev/serial/by-id/usb-xr-if00' },
    ]);
  });
});

describe('byIdLinks', () => {
  it('finds the devices behind the links, and passes over dead ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-by-id-'));
    const device = join(folder, 'ttyUSB0');
    await writeFile(device, '');
    await symlink(device, join(folder, 'usb-maker-if00'));
    await symlink(join(folder, 'gone'), join(folder, 'usb-dead-if00'));
    expect((await byIdLinks(folder)).get(device)).toBe(join(folder, 'usb-maker-if00'));
    expect((await byIdLinks(folder)).size).toBe(1);
    await rm(folder, { recursive: true });
  });

  it('finds nothing where there is no such folder', async () => {
    expect(await byIdLinks('/dev/serial/none')).toEqual(new Map());
  });
});
