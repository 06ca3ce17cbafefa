import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { imeiAt } from '../../../../src/cli/sim/modules.js';
import { Ledger } from '../../../../src/provisioning/ledger/ledger.js';
import { type AliyunCloud, startAliyunCloud } from '../../../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModemOptions } from '../../../../src/simulator/options.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';

export const PRODUCT_KEY = 'a1X2bEnP82z';

/** The part of every DeviceSecret that must not be seen anywhere. */
export const SECRET_MARK = 'TopSecretTopSecret';

/** A cloud, a ledger with its triples, and modules on TCP: what a station needs. */
export interface Factory {
  readonly folder: string;
  readonly ledger: string;
  readonly cloud: AliyunCloud;
  readonly modems: readonly SimulatedModem[];
  /** The command line of a station at all the ports. */
  readonly command: readonly string[];
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Removes what a test started. */
export function afterwards(close: () => Promise<unknown>): void {
  closers.push(close);
}

/** A module for each of the options, and as many triples, or so many as are asked for. */
export async function startFactory(
  modules: readonly SimulatedModemOptions[],
  triples: number = modules.length,
): Promise<Factory> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-run-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  const devices = Array.from({ length: triples }, (_, index) => deviceAt(index));
  const cloud = await startAliyunCloud({ products: [{ productKey: PRODUCT_KEY, devices }] });
  afterwards(() => cloud.close());
  const modems: SimulatedModem[] = [];
  for (const [index, options] of modules.entries()) {
    const modem = await SimulatedModem.start({
      broker: cloud.url,
      listen: 'tcp://127.0.0.1:0',
      seed: 1,
      identity: { imei: imeiAt(index) },
      ...options,
    });
    afterwards(() => modem.close());
    modems.push(modem);
  }
  const ledger = join(folder, 'factory.db');
  await fillLedger(ledger, devices);
  const ports = modems.flatMap(({ url }) => ['--port', url]);
  const command = ['provision', 'run', ...ports, '--ledger', ledger, '--host', 'cloud.example'];
  return {
    ...{ folder, ledger, cloud, modems },
    command: [...command, '--station', 'line-1', '--operator', 'ada'],
  };
}

function deviceAt(index: number): { readonly deviceName: string; readonly deviceSecret: string } {
  const number = String(index + 1).padStart(4, '0');
  return { deviceName: `meter-${number}`, deviceSecret: `${SECRET_MARK}${number}`.padEnd(32, 'x') };
}

async function fillLedger(path: string, devices: readonly ReturnType<typeof deviceAt>[]): Promise<void> {
  const ledger = await Ledger.open(path, { create: true });
  const rows = devices.map((device, index) => ({
    line: index + 2,
    triple: { productKey: PRODUCT_KEY, ...device },
  }));
  if (rows.length > 0) ledger.importTriples({ source: 'test', operator: 'test' }, rows);
  ledger.close();
}
