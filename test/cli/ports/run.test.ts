import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portChanges } from '../../../src/cli/ports/run.js';
import { startCli } from '../run-cli.js';

const MODEM = { path: '/dev/ttyUSB0', vendorId: '1a86', productId: '7523', serialNumber: 'a' };

describe('changes of ports', () => {
  it('are ports that come and go, and another device under the same path', () => {
    expect(portChanges([], [MODEM])).toEqual([{ event: 'added', port: MODEM }]);
    expect(portChanges([MODEM], [])).toEqual([{ event: 'removed', port: MODEM }]);
    const other = { ...MODEM, serialNumber: 'b' };
    expect(portChanges([MODEM], [other])).toEqual([
      { event: 'removed', port: MODEM },
      { event: 'added', port: other },
    ]);
  });

  it('are none when only the link has come late', () => {
    expect(portChanges([MODEM], [{ ...MODEM, byId: '/dev/serial/by-id/x' }])).toEqual([]);
  });
});

/** What `udevadm info -e` says of a USB serial port, as far as serialport reads it. */
function udevEntry(path: string): string {
  const name = path.replace('/dev/', '');
  return [
    `P: /devices/pci0000:00/usb1/1-1/${name}/tty/${name}`,
    `N: ${name}`,
    `E: DEVNAME=${path}`,
    'E: ID_VENDOR_ID=1a86',
    'E: ID_MODEL_ID=7523',
    'E: ID_SERIAL_SHORT=77',
    '',
    '',
  ].join('\n');
}

describe.skipIf(process.platform !== 'linux')('atmqtt ports --watch', () => {
  let folder: string;
  let environment: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    environment = { PATH: `${folder}:${process.env.PATH ?? ''}` };
    await plugIn([]);
    await writeFile(join(folder, 'udevadm'), `#!/bin/sh\ncat '${join(folder, 'devices')}'\n`);
    await chmod(join(folder, 'udevadm'), 0o755);
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** The system that serialport asks: udev, with these devices. */
  async function plugIn(paths: readonly string[]): Promise<void> {
    await writeFile(join(folder, 'new'), paths.map(udevEntry).join(''));
    await rename(join(folder, 'new'), join(folder, 'devices'));
  }

  it('tells what is there, what comes and what goes, and ends at Ctrl-C', async () => {
    await plugIn(['/dev/ttyUSB0']);
    const watch = startCli(['ports', '--watch'], environment);
    await watch.shows('stdout', /^present {2}\/dev\/ttyUSB0 {2}\S.* {2}1a86:7523\n$/);
    await plugIn(['/dev/ttyUSB0', '/dev/ttyUSB1']);
    await watch.shows('stdout', /^added {4}\/dev\/ttyUSB1 {2}\S.* {2}1a86:7523$/m);
    await plugIn(['/dev/ttyUSB1']);
    await watch.shows('stdout', /^removed {2}\/dev\/ttyUSB0 {2}/m);
    watch.process.kill('SIGINT');
    const { code, stdout, stderr } = await watch.finished();
    expect({ code, stderr, lines: String(stdout).match(/\n/g)?.length }).toEqual({
      code: 130,
      stderr: '',
      lines: 3,
    });
  });

  it('gives JSON lines', async () => {
    const watch = startCli(['--json', 'ports', '--watch'], environment);
    // Nothing tells that the first look is over, so the port may be present or added.
    await plugIn(['/dev/ttyUSB7']);
    const [line] = await watch.shows('stdout', /^\{.*\}\n/);
    expect(JSON.parse(line)).toMatchObject({
      time: expect.stringMatching(/Z$/),
      event: expect.stringMatching(/^(?:present|added)$/),
      port: { path: '/dev/ttyUSB7', vendorId: '1a86' },
    });
    watch.process.kill('SIGTERM');
    expect((await watch.finished()).code).toBe(0);
  });
});
