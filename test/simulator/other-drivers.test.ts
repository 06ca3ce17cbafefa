import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasPty } from '../helpers/pty.js';
import { useFixture } from './fixture.js';

const PYTHON = '/usr/bin/python3';
const hasGammu = spawnSync('gammu', ['--version']).status === 0;
const hasPyserial = spawnSync(PYTHON, ['-c', 'import serial']).status === 0;

if (!hasGammu) console.warn('SKIPPED: the test with gammu needs it, and it is not installed');
if (!hasPyserial)
  console.warn('SKIPPED: the test with pyserial needs python3-serial, which is not installed');

const fixture = useFixture();
const run = promisify(execFile);

/** ms for a program that opens the port, asks, and ends. */
const LIMIT = 60_000;

/** As scripts on the web begin; each line of output is what one line was answered with. */
const SCRIPT = `
import serial, sys
port = serial.Serial(sys.argv[1], 115200, timeout=10)
for line in [b'\\nATZ\\r', b'ate0v1\\r\\n', b'ATQ0 V1 E0 S0=0 &C1 &D2\\r', b'AT+CMEE=1;+CREG=2\\r\\n', b'AT+CPIN?;+CREG?\\r']:
    port.write(line)
    print(port.read_until(b'OK\\r\\n'))
`;

/** A module with echo on, on a pseudo-terminal in a folder of its own. */
async function modulePath(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-drivers-'));
  fixture().later(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'ttyMODULE');
  const modem = await SimulatedModem.start({ echo: true, listen: `pty:${path}` });
  fixture().later(() => modem.close());
  return { folder, path };
}

test.runIf(hasGammu && hasPty)('gammu identifies the module', { timeout: LIMIT }, async () => {
  const { folder, path } = await modulePath();
  const config = join(folder, 'gammurc');
  await writeFile(config, `[gammu]\ndevice = ${path}\nconnection = at\nuse_locking = no\n`);
  const { stdout } = await run('gammu', ['-c', config, 'identify'], { timeout: LIMIT });
  for (const [name, value] of [
    ['Manufacturer', 'Lierda'],
    ['Model', 'unknown (NT26-KCN)'],
    ['Firmware', 'NT26KCNA00NNA'],
    ['IMEI', '861326070275653'],
    ['SIM IMSI', '460045012345678'],
  ]) {
    expect(stdout).toMatch(new RegExp(`^${name} *: ${value?.replace(/[()]/g, '\\$&')}$`, 'm'));
  }
});

test.runIf(hasPyserial && hasPty)('a script with pyserial is answered', { timeout: LIMIT }, async () => {
  const { path } = await modulePath();
  const { stdout } = await run(PYTHON, ['-c', SCRIPT, path], { timeout: LIMIT });
  expect(stdout.trim().split('\n')).toEqual([
    String.raw`b'\nATZ\r\r\nOK\r\n'`,
    String.raw`b'ate0v1\r\r\nOK\r\n'`,
    String.raw`b'\r\nOK\r\n'`,
    String.raw`b'\r\nOK\r\n'`,
    String.raw`b'\r\n+CPIN: READY\r\n\r\n+CREG: 2,1,"1A2B","00C3D4E5",7\r\n\r\nOK\r\n'`,
  ]);
});
