import { expect, test } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import type { Modem } from '../../src/modem/modem.js';
import { PlayedModule } from './played-module.js';

async function play(name: string, script: (modem: Modem) => Promise<void>): Promise<void> {
  const module = new PlayedModule(name);
  const modem = await openModem(module.source);
  await script(modem);
  module.expectPlayed();
  await modem.close();
}

test('modem-identity', () =>
  play('modem-identity', async (modem) => {
    expect(await modem.identity()).toEqual({
      manufacturer: 'Lierda',
      model: 'NT26-KCN',
      firmware: 'NT26KCNA00NNA-L01',
      revision: 'NT26KCNA00NNA',
      imei: '861326070275653',
      imsi: '460042370501234',
      iccid: '89860425102170123456',
    });
  }));

test('modem-network', () =>
  play('modem-network', async (modem) => {
    expect(await modem.requireNetwork({ pollInterval: 60_000 })).toEqual({
      status: 'home',
      registered: true,
      tac: 0x25d5,
      cell: 0x0a1b2c3d,
      act: 7,
    });
    expect(await modem.attached()).toBe(true);
    expect(await modem.signal()).toEqual({ rssi: -59, rsrp: -89, rsrq: -9.5, quality: 'good' });
    expect(await modem.address()).toBe('10.21.7.5');
    expect(await modem.clock()).toEqual(new Date('2026-11-20T11:05:09Z'));
  }));

test('modem-cells', () =>
  play('modem-cells', async (modem) => {
    expect(await modem.cells()).toEqual([
      {
        kind: 'serving',
        technology: 'LTE',
        mcc: '460',
        mnc: '00',
        tac: 0x25d5,
        cell: 0x0a1b2c3d,
        pci: 123,
        rxlev: 40,
        earfcn: 38400,
        rsrp: -88,
        rsrq: -9,
        snr: 14,
      },
      expect.objectContaining({ kind: 'neighbour', cell: 0x0a1b2c3e, pci: 7, snr: 3 }),
    ]);
  }));

test('modem-no-sim', () =>
  play('modem-no-sim', async (modem) => {
    expect(await modem.sim()).toEqual({ state: 'absent', raw: '+CME ERROR: 10' });
  }));

test('modem-soft-reset', () => play('modem-soft-reset', (modem) => modem.reset()));
