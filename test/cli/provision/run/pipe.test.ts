import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imeiAt } from '../../../../src/cli/sim/modules.js';
import { Ledger } from '../../../../src/provisioning/ledger/ledger.js';
import { hasPty } from '../../../helpers/pty.js';
import { runCli, startCli } from '../../run-cli.js';
import { afterwards, SECRET_MARK, startFactory } from './factory.js';

const NO_ESCAPES = /^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$/;

describe('a run in a pipe', () => {
  it('prints a line a unit, nothing else on stdout, and ends with the totals', async () => {
    const { command, ledger, modems } = await startFactory([{}, {}], 3);
    const { code, stdout, stderr } = await runCli([...command, '--once']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^atmqtt: 2 passed, 0 failed, 0 already done, 1 triple left, 0:\d\d\n$/),
    });
    const lines = String(stdout).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const [index, { url }] of modems.entries()) {
      const line = lines.find((text) => text.includes(url)) ?? '';
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} {2}tcp:\S+ {2}\d{15} {2}meter-000\d {2}PASS {2}\d+\.\d s$/,
      );
      expect(line).toContain(imeiAt(index));
    }
    expect(String(stdout)).toMatch(NO_ESCAPES);
    const opened = await Ledger.open(ledger);
    expect(opened.counts()).toMatchObject({ verified: 2, new: 1 });
    expect(opened.attempts().map(({ station, operator }) => [station, operator])).toEqual([
      ['line-1', 'ada'],
      ['line-1', 'ada'],
    ]);
    opened.close();
  });

  it('says ALREADY for a module that was done before, and that is no failure', async () => {
    const { command } = await startFactory([{}], 2);
    expect((await runCli([...command, '--once'])).code).toBe(0);
    const { code, stdout, stderr } = await runCli([...command, '--once']);
    expect(code).toBe(0);
    expect(String(stdout)).toMatch(/ meter-0001 {2}ALREADY /);
    expect(stderr).toContain('0 passed, 0 failed, 1 already done, 1 triple left');
  });

  it('ends with 1 when a unit failed, and says why and what to do', async () => {
    const { command } = await startFactory([{}, {}], 1);
    const { code, stdout, stderr } = await runCli([...command, '--once']);
    expect(code).toBe(1);
    expect(String(stdout)).toMatch(/ PASS /);
    expect(String(stdout)).toMatch(/ {2}- {2}FAIL {2}\d+\.\d s {2}POOL_EMPTY: .+ > Import /);
    expect(stderr).toContain('1 passed, 1 failed (1 POOL_EMPTY), 0 already done, 0 triples left');
  });

  it('does not wait for ever for a module, and says that there was none', async () => {
    const { command, modems } = await startFactory([{ faults: ['silent'] }], 1);
    const { code, stdout, stderr } = await runCli([...command, '--once', '--wait', '0.2']);
    expect({ code, stdout: String(stdout) }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`${modems[0]?.url}: no module came within 0.2 s\n`);
    expect(stderr).toMatch(/\natmqtt: no port had a module that answered; /);
  });

  it('gives one JSON object a result, and one with the totals', async () => {
    const { command, modems } = await startFactory([{}], 1);
    const { code, stdout, stderr } = await runCli([...command, '--once', '--json', '--expect-sim', '12345']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const records = String(stdout)
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(records).toEqual([
      expect.objectContaining({
        event: 'result',
        port: modems[0]?.url,
        outcome: 'failed',
        imei: imeiAt(0),
        deviceName: null,
        reason: { code: 'WRONG_SIM', message: expect.any(String) },
        tries: 1,
      }),
      expect.objectContaining({ event: 'end', passed: 0, failed: 1, left: 1, reasons: { WRONG_SIM: 1 } }),
    ]);
  });

  it('writes nothing on a dry run', async () => {
    const { command, ledger, cloud, modems } = await startFactory([{}]);
    const commands: string[] = [];
    modems[0]?.on('command', (line) => commands.push(line));
    const { code, stdout } = await runCli([...command, '--once', '--dry-run']);
    expect(code).toBe(0);
    expect(String(stdout)).toMatch(/ CHECKED /);
    expect(commands.filter((line) => line.includes('LMQTT'))).toEqual([]);
    expect(cloud.online()).toEqual([]);
    const opened = await Ledger.open(ledger);
    expect(opened.counts()).toMatchObject({ new: 1, reserved: 0 });
    expect(opened.attempts()).toEqual([]);
    opened.close();
  });

  it('traces all ports to one file, each line behind its port, and shows no secret anywhere', async () => {
    const { command, folder, modems } = await startFactory([{}, {}]);
    const path = join(folder, 'trace.txt');
    const { code, stdout, stderr } = await runCli([...command, '--once', '--debug', '--trace', path]);
    expect(code).toBe(0);
    const trace = await readFile(path, 'utf8');
    for (const { url } of modems) {
      expect(trace).toMatch(
        new RegExp(`^${url} \\d{4}-\\S+ \\+\\d+\\.\\d{3} > .*"aliauth",0,.*\\*\\*\\*`, 'm'),
      );
    }
    expect(trace.split('\n').every((line) => line === '' || line.startsWith('tcp://'))).toBe(true);
    expect(stderr).toContain('aliauth');
    for (const text of [String(stdout), stderr, trace]) expect(text).not.toContain(SECRET_MARK);
  });

  it.skipIf(!hasPty)(
    'calls ports by the names of their slots, and keeps the ports themselves too',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'atmqtt-slots-'));
      afterwards(() => rm(folder, { recursive: true, force: true }));
      const device = join(folder, `usb-FTDI_FT232R_USB_UART_${'A'.repeat(40)}=1-if00-port0`);
      const factory = await startFactory([{ listen: `pty:${device}` }, {}], 2);
      const url = factory.modems[1]?.url ?? '';
      const [path, ledger] = [join(folder, 'trace.txt'), ['--ledger', factory.ledger]];
      const station = [
        ...ledger,
        '--host',
        'cloud.example',
        '--station',
        'line-1',
        '--operator',
        'ada',
        '--once',
      ];
      const run = (...args: readonly string[]) => runCli(['provision', 'run', ...station, ...args]);

      const named = ['--port', `slot1=${device}`, '--port', `right.2=${url}`];
      const { code, stdout, stderr } = await run(...named, '--trace', path);
      expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('2 passed') });
      for (const name of ['slot1', 'right\\.2']) {
        expect(String(stdout)).toMatch(
          new RegExp(`^\\S+ {2}${name} {2}\\d{15} {2}meter-000\\d {2}PASS {2}\\d+\\.\\d s$`, 'm'),
        );
      }
      expect(String(stdout)).not.toContain(folder);
      const trace = await readFile(path, 'utf8');
      expect(new Set(trace.split('\n').map((line) => line.split(' ')[0]))).toEqual(
        new Set(['slot1', 'right.2', '']),
      );

      const again = await run(...named, '--json');
      const records = String(again.stdout).trimEnd().split('\n');
      expect(records.map((line): unknown => JSON.parse(line))).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ event: 'result', slot: 'slot1', port: device, outcome: 'already' }),
          expect.objectContaining({ event: 'result', slot: 'right.2', port: url, outcome: 'already' }),
        ]),
      );
      const audit = await runCli(['provision', 'audit', imeiAt(0), ...ledger, '--json']);
      const written = String(audit.stdout)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ event }) => event === 'write');
      expect(written).not.toEqual([]);
      for (const entry of written) expect(entry).toMatchObject({ slot: 'slot1', port: device });
      expect(String((await runCli(['provision', 'audit', imeiAt(0), ...ledger])).stdout)).toContain(
        `slot1=${device}`,
      );

      const unnamed = await run('--port', device);
      expect(unnamed).toMatchObject({ code: 0 });
      expect(String(unnamed.stdout)).toContain(`  ${device}  `);
    },
  );

  it('ends in order at the first Ctrl-C: the unit under way is INTERRUPTED', async () => {
    const { command, ledger, modems } = await startFactory([{}]);
    modems[0]?.on('command', (line) => {
      if (line.includes('LMQTTOPEN')) station.process.kill('SIGINT');
    });
    const station = startCli(command);
    const { code, stdout, stderr } = await station.finished();
    expect(code).toBe(130);
    expect(stderr).toMatch(/^atmqtt: ending: no new modules/);
    expect(stderr).toMatch(/atmqtt: 0 passed, 1 failed \(1 INTERRUPTED\)/);
    expect(String(stdout)).toMatch(/ meter-0001 {2}FAIL {2}\d+\.\d s {2}INTERRUPTED: /);
    const opened = await Ledger.open(ledger);
    expect(opened.attempts()).toMatchObject([
      { endedAt: expect.any(Number), reason: { code: 'INTERRUPTED' } },
    ]);
    opened.close();
  });

  it('ends when it is asked to while it waits, and nothing has failed', async () => {
    const { command, ledger } = await startFactory([{ faults: ['silent'] }]);
    const station = startCli([...command, '--debug']);
    await station.shows('stderr', /^tcp:\S+ \S+ \S+ > AT\\r\\n$/m);
    station.process.kill('SIGTERM');
    const { code, stdout, stderr } = await station.finished();
    expect({ code, stdout: String(stdout) }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('atmqtt: 0 passed, 0 failed, 0 already done, 1 triple left');
    const opened = await Ledger.open(ledger);
    expect(opened.attempts()).toEqual([]);
    opened.close();
  });
});

describe('a run that cannot begin', () => {
  it.each([
    ['no ports: give --port <url>', []],
    ['--all and --port exclude each other', ['--all', '--port', 'tcp://127.0.0.1:9']],
  ])('says why: %s', async (message, args) => {
    const { code, stdout, stderr } = await runCli(['provision', 'run', '--region', 'cn-shanghai', ...args]);
    expect({ code, stdout: String(stdout) }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`atmqtt: ${message}`);
  });

  it('needs a ledger that is there', async () => {
    const { command, folder } = await startFactory([{}]);
    const other = [...command, '--ledger', join(folder, 'none.db')];
    const { code, stderr } = await runCli(other);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^atmqtt: .*none\.db/);
  });

  it.each([
    ['nonsense://h', /^atmqtt: port is "nonsense:\/\/h", but must be a device path or a URL/],
    ['slot1=ttyUSB0', /^atmqtt: port is "ttyUSB0", but must be written \/dev\/ttyUSB0/],
    ['slot1=slot2=/dev/x', /^atmqtt: slot "slot1" has no port: "slot2=\/dev\/x" begins with another slot/],
    ['a b=/dev/x', /^atmqtt: the slot name "a b" is not valid: begin with a letter or a digit, go on with/],
    ['slot1=', /^atmqtt: slot "slot1" has no port: give slot1=<port>, e\.g\. slot1=\/dev\/ttyUSB0\n/],
  ])('says what is wrong with the port %j before any is opened', async (port, message) => {
    const { command, modems } = await startFactory([{}], 1);
    const asked: string[] = [];
    modems[0]?.on('command', (line) => asked.push(line));
    const { code, stderr } = await runCli([...command, '--port', port]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    expect(asked).toEqual([]);
  });

  it('sends slot names to the other commands back', async () => {
    const { code, stderr } = await runCli(['info', '-p', 'slot1=/dev/ttyUSB0']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^atmqtt: -p "slot1=\/dev\/ttyUSB0": only `atmqtt provision run` takes slot names, here give -p \/dev\/ttyUSB0\n/,
      ),
    });
  });

  it('says what a port waits for', async () => {
    const { command } = await startFactory([], 1);
    const station = startCli([...command, '--port', 'left=tcp://127.0.0.1:1']);
    await station.shows(
      'stderr',
      /^atmqtt: left waits for a module: tcp:\/\/127\.0\.0\.1:1: nothing listens there/m,
    );
    station.process.kill('SIGINT');
    expect((await station.finished()).code).toBe(130);
  });
});
