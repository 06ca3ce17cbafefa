import { describe, expect, it } from 'vitest';
import { checkRunOptions } from '../../../../src/cli/provision/run/checks.js';
import type { RunOptions } from '../../../../src/cli/provision/run/options.js';

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
    ['"=/dev/x" has no slot name in front of =', { ...CLOUD, port: '=/dev/x' }],
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
