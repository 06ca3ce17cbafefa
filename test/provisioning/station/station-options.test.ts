import { afterEach, expect, it } from 'vitest';
import type { StationOptions } from '../../../src/provisioning/station/station-options.js';
import { Bench } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

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

it.each(REFUSED)('refuses a %s that cannot be, before anything is opened', async (field, options) => {
  bench = await Bench.start();
  expect(() => bench.station(['COM1'], options)).toThrow(field === 'login' ? /region|host/ : `${field}:`);
});
