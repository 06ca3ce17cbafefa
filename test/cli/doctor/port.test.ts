import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openingAdvice } from '../../../src/cli/doctor/port/opens.js';
import { startBroker } from '../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { openTransport } from '../../../src/transport/open.js';
import { openingError } from '../../../src/transport/serial-errors.js';
import { delay } from '../../../src/util/delay.js';
import { hasPty, openPty } from '../../helpers/pty.js';
import { runCli } from '../run-cli.js';
import { course, doctor, expectFailure, read, stepOf } from './doctor-run.js';
import { leavePrompt } from './left-behind.js';
import { openRatedLine } from './rated-line.js';

const closers: (() => Promise<unknown>)[] = [];
const QUICK = ['--start-timeout', '0.2'];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'atmqtt-doctor-'));
  closers.push(() => rm(path, { recursive: true }));
  return path;
}

async function pty() {
  const opened = await openPty();
  closers.push(() => opened.close());
  return opened;
}

/** A serial server whose line answers as told. */
async function serialServer(answer: (bytes: Buffer) => string | Buffer | undefined): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const reply = answer(bytes);
      if (reply !== undefined) socket.write(reply);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => server.close());
  return `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** User and group `nobody` of Debian. */
const NOBODY = 65_534;

/** Resolves when the process has become the program of that name: it is looked for as `ps` would. */
async function named(pid: number | undefined, name: string): Promise<void> {
  while ((await readFile(`/proc/${pid}/comm`, 'utf8')).trim() !== name) await delay(5);
}

/** Without any group beside its own. */
function asNobody(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/atmqtt.js', ...args], {
    uid: NOBODY,
    gid: NOBODY,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { code: status, stdout, stderr };
}

describe('atmqtt doctor, on the port', () => {
  it('finds that there is no such port, and what may have been meant', async () => {
    const place = await folder();
    await writeFile(join(place, 'ttyUSB1'), '');
    const examination = await doctor(['-p', join(place, 'ttyusb0')]);
    const failed = expectFailure(examination, 'port', 3, ['permission', 'free', 'open', 'at', 'settings']);
    expect(failed.facts).toMatchObject({ similar: [join(place, 'ttyUSB1')] });
    expect(failed.next[0]).toBe(`did you mean ${join(place, 'ttyUSB1')}?`);
  });

  it('finds that a path is no device', async () => {
    const failed = expectFailure(await doctor(['-p', await folder()]), 'port', 3, ['open']);
    expect(failed.found).toMatch(/is no device/);
  });

  it('finds that nothing listens on the TCP port', async () => {
    const url = await serialServer(() => undefined);
    await closers.pop()?.();
    const failed = expectFailure(await doctor(['-p', url]), 'open', 3, ['at']);
    expect(failed.causes[0]).toMatch(/nothing listens/);
  });

  it('refuses a port that cannot be, and a topic that cannot be published to, as wrong usage', async () => {
    for (const args of [
      ['-p', 'tcp://no-port'],
      ['-p', 'serial:///dev/ttyUSB0?baudRate=fast'],
      ['-p', 'sim:', '-t', 'a/#'],
      [],
    ]) {
      const { code, stdout, stderr } = await runCli(['doctor', ...args]);
      expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^atmqtt: /);
    }
  });

  it.skipIf(!hasPty)('names the process that holds the port, and the command that ends it', async () => {
    const { path } = await pty();
    const holder = spawn('sh', ['-c', `exec 3<>"${path}"; echo held; exec sleep 100`]);
    const gone = once(holder, 'exit');
    closers.push(async () => {
      holder.kill();
      await gone;
    });
    await once(holder.stdout, 'data');
    const failed = expectFailure(await doctor(['-p', path]), 'free', 3, ['open', 'at', 'model']);
    expect(failed.facts).toMatchObject({ holders: [{ pid: holder.pid, name: 'sleep' }] });
    expect(failed.next[0]).toContain(`kill ${holder.pid}`);
  });

  it.skipIf(!hasPty)('knows ModemManager', async () => {
    const { path } = await pty();
    const program = join(await folder(), 'ModemManager');
    await symlink('/bin/sleep', program);
    const holder = spawn('sh', ['-c', `exec 3<>"${path}"; exec "${program}" 100`]);
    const gone = once(holder, 'exit');
    closers.push(async () => {
      holder.kill();
      await gone;
    });
    await named(holder.pid, 'ModemManager');
    const failed = expectFailure(await doctor(['-p', path]), 'free', 3, ['open']);
    expect(failed.found).toContain(`ModemManager (pid ${holder.pid})`);
    expect(failed.next[0]).toContain('systemctl stop ModemManager');
  });

  it.skipIf(!hasPty)('ends at a port that is locked, whoever that is', async () => {
    const { path } = await pty();
    const { SerialPort } = await import('serialport');
    const port = await SerialPort.binding.open({ path, baudRate: 9600 });
    closers.push(() => port.close());
    const failed = expectFailure(await doctor(['-p', path]), 'free', 3, ['open']);
    expect(failed.facts).toMatchObject({ holders: [{ pid: process.pid }] });
  });

  it.skipIf(!hasPty || process.getuid?.() !== 0)(
    'says how to find the holder of a port that a user may not see',
    async () => {
      const { path } = await pty();
      await chmod(dirname(path), 0o755);
      await chown(path, NOBODY, NOBODY);
      const { SerialPort } = await import('serialport');
      const port = await SerialPort.binding.open({ path, baudRate: 9600 });
      closers.push(() => port.close());
      const examination = read(asNobody(['doctor', '--json', '-p', path]));
      expect(stepOf(examination, 'free').found).toMatch(/as far as this user may see/);
      const failed = expectFailure(examination, 'open', 3, ['at']);
      expect(failed.facts).toEqual({ code: 'PORT_BUSY' });
      expect(failed.next[0]).toContain(`sudo fuser -v ${path}`);
    },
  );

  it('finds that no device is behind the file', async ({ skip }) => {
    const path = join(await folder(), 'ttyEMPTY');
    // 120 is a major number for local use.
    if (spawnSync('mknod', [path, 'c', '120', '250']).status !== 0) skip('only root can make a device file');
    const failed = expectFailure(await doctor(['-p', path]), 'open', 3, ['at']);
    expect(failed.facts).toEqual({ code: 'PORT_NOT_FOUND' });
    expect(failed.causes[0]).toMatch(/no driver serves it/);
    expect(failed.next[0]).toMatch(/^atmqtt ports/);
  });

  it.each([
    [
      'Operation not permitted',
      /a container that was not given the device/,
      'docker run --device /dev/ttyUSB0',
    ],
    ['Permission denied', /a security module/, 'journalctl -k'],
    ['Device or resource busy', /a process of another user holds the port/, 'sudo fuser -v /dev/ttyUSB0'],
    ['Input/output error', /no chip behind this name/, 'plug the device out'],
    ['Is a directory', /something else than a serial port/, 'atmqtt ports'],
    ['Too many open files', /as many files open as it may/, 'ulimit -n'],
    ['Something new', /its driver fails/, 'dmesg'],
  ])('knows what to do about "%s"', (words, cause, next) => {
    const error = new Error(`Error: ${words}, cannot open /dev/ttyUSB0`);
    const advice = openingAdvice(openingError('/dev/ttyUSB0', error), '/dev/ttyUSB0');
    expect(advice.causes[0]).toMatch(cause);
    expect(advice.next[0]).toContain(next);
  });

  it.skipIf(!hasPty || process.getuid?.() !== 0)('tells a user which group is missing', async () => {
    const { path } = await pty();
    await chmod(dirname(path), 0o755);
    await chown(path, 0, 20);
    await chmod(path, 0o660);
    const step = expectFailure(read(asNobody(['doctor', '--json', '-p', path])), 'permission', 3, ['open']);
    expect(step.facts).toMatchObject({ owner: 'root', group: 'dialout', mode: '0660' });
    expect(step.causes[0]).toBe('nobody is not in the group dialout');
    expect(step.next[0]).toBe('sudo usermod -aG dialout nobody');
  });
});

describe('atmqtt doctor, on the line', () => {
  it.skipIf(!hasPty)(
    'takes silence for what it is, after trying all rates',
    async () => {
      const { path } = await pty();
      const examination = await doctor(['-p', path, ...QUICK]);
      const failed = expectFailure(examination, 'at', 4, [
        'echo',
        'model',
        'sim',
        'registration',
        'settings',
      ]);
      expect(failed.found).toMatch(/does not answer AT at 115200 bit\/s, nor at 9600, 57600/);
      expect(failed.facts).toMatchObject({ answer: 'silent' });
      expect(failed.causes[0]).toMatch(/no power/);
    },
    40_000,
  );

  it.each(['\n', '\r'])(
    'reads a module that ends its lines in %j alone, and shows the bytes',
    async (end) => {
      const modem = await SimulatedModem.start();
      closers.push(() => modem.close());
      const server = createServer((socket) => {
        void openTransport(modem.url).then((module) => {
          module.on('data', (bytes: Buffer) =>
            socket.write(bytes.toString('latin1').replaceAll('\r\n', end), 'latin1'),
          );
          socket.on('data', (bytes) => module.write(bytes));
          socket.on('close', () => module.destroy());
          socket.on('error', () => {});
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(async () => server.close());
      const port = `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
      const examination = await doctor(['-p', port]);
      const escaped = end === '\n' ? '\\nOK\\n' : '\\rOK\\r';
      expect(stepOf(examination, 'at').found).toContain(escaped);
      expect(stepOf(examination, 'model').status).toBe('ok');
      expect(stepOf(examination, 'registration').status).toBe('ok');
      const info = await runCli(['info', '-p', port, '--json']);
      expect(JSON.parse(String(info.stdout))).toMatchObject({ model: expect.stringContaining('NT26') });
    },
  );

  it.skipIf(!hasPty).each([false, true])(
    'finds the rate of the module and goes on at it (silent at others: %s)',
    async (mute) => {
      const line = await openRatedLine(57_600, { mute });
      closers.push(() => line.close());
      const examination = await doctor(['-p', line.path, '--start-timeout', '1']);
      expect(examination).toMatchObject({ code: 4, summary: { step: 'at' } });
      const failed = stepOf(examination, 'at');
      expect(failed.found).toBe('the module answers at 57600 bit/s, not at 115200');
      expect(failed.next[0]).toBe(`give the rate: -p 'serial://${line.path}?baudRate=57600'`);
      expect([...line.rates]).toEqual([115_200, 9_600, 57_600]);
      expect(stepOf(examination, 'registration').status).toBe('ok');
      const again = await doctor(['-p', `serial://${line.path}?baudRate=57600`]);
      expect(again).toMatchObject({ code: 0, summary: { status: 'ok' } });
    },
    40_000,
  );

  it.skipIf(!hasPty)('goes over a pseudo-terminal as over any serial port', async () => {
    const path = join(await folder(), 'ttyMODULE');
    const modem = await SimulatedModem.start({ listen: `pty:${path}`, echo: false });
    closers.push(() => modem.close());
    const examination = await doctor(['-p', path]);
    const first = ['port', 'permission', 'free', 'open', 'at', 'echo'].map((name) => `${name} ok`);
    expect(course(examination).slice(0, 6)).toEqual(first);
    expect(stepOf(examination, 'echo').facts).toEqual({ echo: 'off' });
    expect(examination.code).toBe(0);
  });

  it('leads a module out of the payload that a program left it waiting for', async () => {
    const modem = await SimulatedModem.start({ listen: 'tcp://127.0.0.1:0' });
    closers.push(() => modem.close());
    const broker = await startBroker();
    closers.push(() => broker.close());
    await leavePrompt(modem.url, broker.port);
    const examination = await doctor(['-p', modem.url, ...QUICK]);
    expect(stepOf(examination, 'at')).toMatchObject({ status: 'warn', facts: { filledUp: true } });
    expect(stepOf(examination, 'at').found).toMatch(/waited for a payload/);
    expect(stepOf(examination, 'model').status).toBe('ok');
    expect(examination.code).toBe(0);
  });

  it('recognises TX and RX that are wired together', async () => {
    const url = await serialServer((bytes) => bytes);
    const failed = expectFailure(await doctor(['-p', url, ...QUICK]), 'at', 4, ['model']);
    expect(failed.found).toMatch(/TX and RX are wired together/);
  });

  it('recognises garbage, and another kind of device', async () => {
    const noise = await serialServer(() => Buffer.from([0xf8, 0x00, 0x86, 0xfe, 0x41]));
    const garbage = expectFailure(await doctor(['-p', noise, ...QUICK]), 'at', 4, ['model']);
    expect(garbage.causes[0]).toMatch(/another rate, parity/);
    const receiver = await serialServer(
      () => '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n',
    );
    const positions = expectFailure(await doctor(['-p', receiver, ...QUICK]), 'at', 4, ['model']);
    expect(positions.found).toMatch(/satellite receiver/);
  });
});
