import { afterEach, describe, expect, it } from 'vitest';
import { PortWatch, type StationOptions } from '../../../src/provisioning/station/station-options.js';
import { Bench } from './bench.js';

const REFUSED: readonly (readonly [field: string, options: Partial<StationOptions>])[] = [
  ['station', { station: ' ' }],
  ['operator', { operator: 'x'.repeat(65) }],
  ['ports', { ports: [] }],
  ['ports', { ports: ['COM1', 'COM1'] }],
  ['tries', { tries: 0 }],
  ['profile', { profile: 'nt99' }],
  ['expectSim', { expectSim: '8986*' }],
  ['proofTopic', { proofTopic: '/{deviceName}/#' }],
  ['proofTopic', { proofTopic: '/a1X2bEnP82z/meter-1/user/proof' }],
  ['proofTimeout', { proofTimeout: 0 }],
  ['registrationTimeout', { registrationTimeout: -1 }],
  ['startTimeout', { modem: { startTimeout: 0 } }],
  ['resync', { modem: { resync: 2 } as never }],
  ['login', { login: { region: 'cn-shanghai', host: 'here' } }],
  ['login', { login: {} }],
];

describe('the options of a station', () => {
  let bench: Bench;
  afterEach(() => bench.stop());

  it.each(REFUSED)('refuses a %s that cannot be, before anything is opened', async (field, options) => {
    bench = await Bench.start();
    expect(() => bench.station(['COM1'], options)).toThrow(
      field === 'login' ? /region|host/ : new RegExp(`^${field}(?: is .*, but must be |: )`),
    );
  });
});

describe('a watch for ports', () => {
  it('tells each port once, when it is first seen, and remembers one that vanishes', async () => {
    const looks = [['/dev/a'], ['/dev/a', '/dev/b'], ['/dev/b'], ['/dev/a', '/dev/c']];
    const stop = new AbortController();
    const found: string[] = [];
    const list = async () => {
      const paths = looks.shift() ?? [];
      if (looks.length === 0) setImmediate(() => stop.abort());
      return paths.map((path) => ({ path }));
    };
    await new PortWatch(list, 1).watch(stop.signal, (port) => found.push(port));
    expect(found).toEqual(['/dev/a', '/dev/b', '/dev/c']);
  });
});
