import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../../src/cli/provision/run/command.js';
import {
  checkRunOptions,
  type PortRecord,
  startPortTrace,
  stationSetup,
} from '../../../../src/cli/provision/run/station-setup.js';
import type { Ledger } from '../../../../src/provisioning/ledger/ledger.js';
import { PortWatch } from '../../../../src/provisioning/station/station-options.js';

const CLOUD = { region: 'cn-shanghai' };

describe('the options of a run', () => {
  it('give the ports, also one that stands in front of the command', () => {
    expect(checkRunOptions({ ...CLOUD, port: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(checkRunOptions({ ...CLOUD, port: 'a' })).toEqual(['a']);
    expect(checkRunOptions({ ...CLOUD, all: true })).toEqual([]);
  });

  it('keep the names in front of ports', () => {
    expect(checkRunOptions({ ...CLOUD, port: ['slot1=/dev/ttyUSB0', '/dev/a=b'] })).toEqual([
      'slot1=/dev/ttyUSB0',
      '/dev/a=b',
    ]);
  });

  it.each<[string, RunOptions]>([
    ['no ports: give --port <url>', CLOUD],
    ['--all and --port exclude each other', { ...CLOUD, all: true, port: ['a'] }],
    ['the port "a" is given twice', { ...CLOUD, port: ['a', 'b', 'a'] }],
    [
      'the port "telnet://localhost:4001" is given twice',
      { ...CLOUD, port: ['tcp://127.0.0.1:4001', 'telnet://localhost:4001'] },
    ],
    ['the slot name "a" is given twice: for /dev/x and /dev/y', { ...CLOUD, port: ['a=/dev/x', 'a=/dev/y'] }],
    ['the port "/dev/x" is given twice, as a and b', { ...CLOUD, port: ['a=/dev/x', 'b=/dev/x'] }],
    [
      '"=/dev/x" has no slot name before the =: write one, as in slot1=/dev/ttyUSB0, or leave the = out',
      { ...CLOUD, port: '=/dev/x' },
    ],
    ['--wait ends a run with --once', { ...CLOUD, port: ['a'], wait: 1000 }],
    ['where the cloud is: give --region', { port: ['a'] }],
    ['--region and --host exclude each other', { ...CLOUD, host: 'h', port: ['a'] }],
    ['--json and --beep exclude each other', { ...CLOUD, port: ['a'], json: true, beep: true }],
    [
      '--registration-url and --register-through-module exclude each other',
      { ...CLOUD, port: ['a'], registrationUrl: 'https://h', registerThroughModule: true },
    ],
    [
      '--dry-run and --prove-persistent exclude each other',
      { ...CLOUD, port: ['a'], dryRun: true, provePersistent: true },
    ],
    ['--registration-url "h"', { ...CLOUD, port: ['a'], registrationUrl: 'h' }],
    ['--registration-url "ftp://h"', { ...CLOUD, port: ['a'], registrationUrl: 'ftp://h' }],
  ])('are refused: %s', (message, options) => {
    expect(() => checkRunOptions(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });

  it('may name what they switch off', () => {
    expect(checkRunOptions({ ...CLOUD, port: ['a'], all: false, json: true, beep: false })).toEqual(['a']);
  });
});

/** Is only handed on. */
const LEDGER = {} as Ledger;

function setup(options: RunOptions, ports: readonly string[] = ['p'], record?: PortRecord) {
  const { modem, ...rest } = stationSetup(LEDGER, ports, { station: 's', operator: 'o', ...options }, record);
  return {
    rest,
    modem: (port: string, name = port) => (typeof modem === 'function' ? modem(port, name) : {}),
  };
}

describe('the options of the station', () => {
  it('are nothing but what was given', () => {
    const { rest, modem } = setup({ region: 'cn-shanghai' });
    expect(rest).toEqual({
      ledger: LEDGER,
      ports: ['p'],
      station: 's',
      operator: 'o',
      login: { region: 'cn-shanghai' },
    });
    expect(modem('p')).toEqual({});
  });

  it('hold every option of the command line', () => {
    const same = {
      expectFirmware: 'NT26*',
      expectSim: '8986',
      tries: 5,
      once: true,
      dryRun: true,
      again: true,
      provePersistent: true,
      requireReadBack: true,
      acceptOtherSim: true,
      repeatRegistration: true,
      proofTopic: '/{productKey}/{deviceName}/user/proof',
      networkTimeout: 1000,
      registrationTimeout: 2000,
      connectTimeout: 3000,
      proofTimeout: 4000,
    };
    const { rest, modem } = setup({ ...same, module: 'nt35e', host: 'h', sign: 'host', startTimeout: 5000 });
    expect(rest).toMatchObject({ ...same, profile: 'nt35e', login: { host: 'h', sign: 'host' } });
    expect(modem('p')).toEqual({ startTimeout: 5000 });
  });

  it('say how secrets are registered', () => {
    expect(setup({}).rest.registration).toBeUndefined();
    expect(setup({ registrationUrl: 'https://h' }).rest.registration).toEqual({ url: 'https://h' });
    expect(setup({ registerThroughModule: true }).rest.registration).toBe('module');
  });

  it('watch for ports where none are named', () => {
    expect(setup({}, []).rest.ports).toBeInstanceOf(PortWatch);
  });

  it('have each port traced by its name', () => {
    const seen: string[] = [];
    const { modem } = setup({}, ['p', 'q'], (port, { direction }) => seen.push(`${port} ${direction}`));
    const entry = { time: 0, at: 0, direction: '>', bytes: Buffer.from('AT\r') } as const;
    modem('q').trace?.(entry);
    modem('p').trace?.({ ...entry, direction: '<' });
    modem('p', 'slot1').trace?.(entry);
    expect(seen).toEqual(['q >', 'p <', 'slot1 >']);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'atmqtt-trace-'));
const ENTRY = {
  time: 12_345,
  at: Date.UTC(2026, 10, 20, 11),
  direction: '>',
  bytes: Buffer.from('AT\r'),
} as const;
const LINE = '2026-11-20T11:00:00.000Z +12.345 > AT\\r';

afterAll(() => rmSync(folder, { recursive: true }));

describe('the trace of a station', () => {
  it('is one file for its owner alone, each line behind its port', () => {
    const path = join(folder, 'trace.txt');
    const shown: string[] = [];
    const trace = startPortTrace(path, (line) => shown.push(line), expect.unreachable);
    trace.record('/dev/ttyUSB0', ENTRY);
    trace.record('/dev/ttyUSB1', ENTRY);
    trace.close();
    expect(readFileSync(path, 'utf8')).toBe(`/dev/ttyUSB0 ${LINE}\n/dev/ttyUSB1 ${LINE}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(shown).toEqual([`/dev/ttyUSB0 ${LINE}`, `/dev/ttyUSB1 ${LINE}`]);
  });

  it('folds a long run of a byte where people read, and keeps it in the file', () => {
    const path = join(folder, 'filled.txt');
    const shown: string[] = [];
    const trace = startPortTrace(path, (line) => shown.push(line), expect.unreachable);
    trace.record('slot1', { ...ENTRY, bytes: Buffer.alloc(4096, 0x1b) });
    trace.close();
    expect(shown).toEqual(['slot1 2026-11-20T11:00:00.000Z +12.345 > \\{4096*\\x1b}']);
    expect(readFileSync(path, 'utf8')).toBe(
      `slot1 2026-11-20T11:00:00.000Z +12.345 > ${'\\x1b'.repeat(4096)}\n`,
    );
  });

  it.skipIf(process.platform !== 'linux')('tells once that its disk is full', () => {
    const told: string[] = [];
    const trace = startPortTrace('/dev/full', undefined, (sentence) => told.push(sentence));
    trace.record('p', ENTRY);
    trace.record('p', ENTRY);
    trace.close();
    expect(told).toEqual([expect.stringMatching(/^the trace ends here, \/dev\/full: .*ENOSPC/)]);
  });
});
