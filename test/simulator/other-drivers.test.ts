import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { startDaemon } from '../helpers/daemon.js';
import { hasModemManager, startModemManager } from '../helpers/modem-manager.js';
import { hasPty } from '../helpers/pty.js';
import { useFixture } from './fixture.js';

const PYTHON = '/usr/bin/python3';
const SMSD = '/usr/sbin/smsd';
const hasGammu = spawnSync('gammu', ['--version']).status === 0;
const hasPyserial = spawnSync(PYTHON, ['-c', 'import serial']).status === 0;

const hasWvdial = spawnSync('wvdial', ['--version']).error === undefined;
const hasSmsd = existsSync(SMSD);

if (!hasGammu) console.warn('SKIPPED: the test with gammu needs it, and it is not installed');
if (!hasPyserial)
  console.warn('SKIPPED: the test with pyserial needs python3-serial, which is not installed');
if (!hasWvdial) console.warn('SKIPPED: the test with wvdial needs it, and it is not installed');
if (!hasSmsd) console.warn('SKIPPED: the test with smsd needs smstools, which are not installed');

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
async function modulePath(): Promise<{ folder: string; path: string; lines: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-drivers-'));
  fixture().later(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'ttyMODULE');
  const modem = await SimulatedModem.start({ echo: true, listen: `pty:${path}` });
  fixture().later(() => modem.close());
  const lines: string[] = [];
  modem.on('command', (line) => lines.push(line));
  return { folder, path, lines };
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

test.runIf(hasWvdial && hasPty)('wvdial sets the module up', { timeout: LIMIT }, async () => {
  const { folder, path, lines } = await modulePath();
  const config = join(folder, 'wvdial.conf');
  // As `wvdialconf` writes it for a module without fax.
  const settings = ['Init1 = ATZ', 'Init2 = ATQ0 V1 E1 S0=0 &C1 &D2', 'Phone = *99#', 'Stupid Mode = 1'];
  const others = ['Baud = 115200', 'Username = user', 'Password = user', 'Dial Attempts = 1'];
  await writeFile(
    config,
    ['[Dialer Defaults]', `Modem = ${path}`, ...settings, ...others].map((text) => `${text}\n`).join(''),
  );
  // How it ends is left to chance: wvdial 1.61 often fails in an assertion of its own behind the refusal.
  const wvdial = startDaemon('wvdial', ['-C', config]);
  fixture().later(() => wvdial.stop());
  await wvdial.printed(/Waiting for carrier/);
  expect(
    wvdial.output
      .split('\n')
      .filter((text) => !/^--> (?:WvDial|Cannot get)/.test(text))
      .slice(0, 10),
  ).toEqual([
    '--> Initializing modem.',
    '--> Sending: ATZ',
    'ATZ',
    'OK',
    '--> Sending: ATQ0 V1 E1 S0=0 &C1 &D2',
    'ATQ0 V1 E1 S0=0 &C1 &D2',
    'OK',
    '--> Modem initialized.',
    '--> Sending: ATDT*99#',
    '--> Waiting for carrier.',
  ]);
  expect(lines.slice(0, 2)).toEqual(['ATZ', 'ATQ0 V1 E1 S0=0 &C1 &D2']);
});

test.runIf(hasSmsd && hasPty)(
  'smsd finds the module in order, but for messages',
  { timeout: LIMIT },
  async () => {
    const { folder, path, lines } = await modulePath();
    const config = join(folder, 'smsd.conf');
    const queues = ['outgoing', 'checked', 'incoming', 'failed', 'sent', 'stats'];
    for (const queue of queues) await mkdir(join(folder, queue));
    // Logs to stdout.
    const settings = ['devices = GSM1', 'logfile = 1', 'loglevel = 7', ...queues.map(inFolder)];
    const files = [`pidfile = ${join(folder, 'pid')}`, `infofile = ${join(folder, 'running')}`];
    const device = ['[GSM1]', `device = ${path}`, 'incoming = yes', 'baudrate = 115200', 'loglevel = 7'];
    await writeFile(config, [...settings, ...files, ...device].map((text) => `${text}\n`).join(''));
    const smsd = startDaemon(SMSD, ['-t', `-c${config}`]);
    fixture().later(() => smsd.stop());
    await smsd.printed(/-> AT\+CMGF=0[\s\S]*<- ERROR/);
    expect(lines).toEqual([
      'AT',
      'ATE0',
      'AT+CMEE=1;+CREG=2',
      'AT+CPIN?',
      'AT+CSQ',
      'AT+CREG?',
      'AT+CSQ',
      'AT+CMGF=0',
    ]);
    for (const finding of [
      'Signal Strength Indicator: (27,99) -59 dBm (Excellent)',
      'Modem is registered to the network',
      'Location area code: 1A2B',
    ]) {
      expect(smsd.output).toContain(finding);
    }

    function inFolder(queue: string): string {
      return `${queue} = ${join(folder, queue)}`;
    }
  },
);

test.runIf(hasModemManager)('ModemManager manages the module', { timeout: LIMIT }, async () => {
  const modem = await SimulatedModem.start({ echo: true, listen: 'tcp://127.0.0.1:0' });
  fixture().later(() => modem.close());
  const manager = await startModemManager();
  fixture().later(() => manager.stop());
  expect(await manager.manage(Number(new URL(modem.url).port))).toMatchObject({
    generic: {
      manufacturer: 'Lierda',
      model: 'NT26-KCN',
      revision: 'NT26KCNA00NNA',
      'equipment-identifier': '861326070275653',
      'supported-ip-families': ['ipv4'],
      state: 'registered',
      'power-state': 'on',
      'access-technologies': ['lte'],
    },
    '3gpp': {
      imei: '861326070275653',
      'registration-state': 'home',
      'operator-code': '46000',
      'operator-name': 'CHINA MOBILE',
    },
  });
  expect(await manager.scan()).toEqual([
    'operator-code: 46000, operator-name: CHINA MOBILE, access-technologies: lte, availability: current',
  ]);
});
