import { afterEach, describe, expect, it } from 'vitest';
import { PortWatch, type StationOptions } from '../../../src/provisioning/station/station-options.js';
import { Bench } from './bench.js';

const REFUSED: readonly (readonly [message: string | RegExp, options: Partial<StationOptions>])[] = [
  ['station is " ", but must be 1–64 characters', { station: ' ' }],
  [/^operator is "x+", but must be 1–64 characters$/, { operator: 'x'.repeat(65) }],
  ['ports is none, but must be at least one', { ports: [] }],
  [/^ports: .*COM1/, { ports: ['COM1', 'COM1'] }],
  ['tries is 0, but must be a whole number from 1 to 100', { tries: 0 }],
  ['profile is "nt99", but must be one of nt26, nt35e', { profile: 'nt99' }],
  ['expectSim is "8986*", but must be the first digits of an ICCID', { expectSim: '8986*' }],
  [
    'proofTopic is "/{deviceName}/#", but must be a topic with {deviceName}, without wildcards',
    { proofTopic: '/{deviceName}/#' },
  ],
  [
    'proofTopic is "/a1X2bEnP82z/meter-1/user/proof", but must be a topic with {deviceName}, without wildcards',
    { proofTopic: '/a1X2bEnP82z/meter-1/user/proof' },
  ],
  ['proofTimeout is 0, but must be a whole number from 1 to 86400000', { proofTimeout: 0 }],
  ['registrationTimeout is -1, but must be a whole number from 1 to 86400000', { registrationTimeout: -1 }],
  [/^startTimeout is 0, but must be a whole number from 1 to \d+$/, { modem: { startTimeout: 0 } }],
  [/^resync: there is no such option/, { modem: { resync: 2 } as never }],
  ['give a region or a host (given: region and host)', { login: { region: 'cn-shanghai', host: 'here' } }],
  ['give a region or a host (given: nothing)', { login: {} }],
];

describe('the options of a station', () => {
  let bench: Bench;
  afterEach(() => bench.stop());

  it.each(REFUSED)('refuses before anything is opened: %s', async (message, options) => {
    bench = await Bench.start();
    expect(() => bench.station(['COM1'], options)).toThrow(message);
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
