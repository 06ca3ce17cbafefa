import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import type { Attempt } from '../../../src/provisioning/ledger/attempt.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import type { OpenLedgerOptions } from '../../../src/provisioning/ledger/ledger-file.js';
import type { StationRun } from '../../../src/provisioning/ledger/station-run.js';

export const PRODUCT_KEY = 'a1X2bEnP82z';

/** The IMEI of module `number`. */
export const imeiOf = (number: number) => String(861326070000000 + number);

/** Triple `number`; each secret is another one, and told from any other text at a glance. */
export function tripleOf(number: number): DeviceTriple {
  const deviceName = `meter-${String(number).padStart(4, '0')}`;
  return { productKey: PRODUCT_KEY, deviceName, deviceSecret: `hush-${number}-0123456789abcdef` };
}

export const rowsOf = (first: number, count: number) =>
  Array.from({ length: count }, (_none, index) => ({ line: index + 2, triple: tripleOf(first + index) }));

const folders: string[] = [];
const opened: Ledger[] = [];

afterEach(() => {
  for (const ledger of opened.splice(0)) ledger.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A path in a folder of its own, which goes with the test. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  folders.push(folder);
  return join(folder, 'factory.db');
}

/** Closed with the test. */
export async function openLedger(path: string, options: OpenLedgerOptions = {}): Promise<Ledger> {
  const ledger = await Ledger.open(path, options);
  opened.push(ledger);
  return ledger;
}

/** A new ledger with triples 1 and so on. */
export async function newLedger(triples: number, options: OpenLedgerOptions = {}): Promise<Ledger> {
  const ledger = await openLedger(newPath(), { ...options, create: true });
  if (triples > 0) ledger.importTriples({ source: 'triples.csv', operator: 'ida' }, rowsOf(1, triples));
  return ledger;
}

/** A station `line-1`, or of the next number where one of that name still runs: names must differ. */
export function enlist(ledger: Ledger, number = 1): StationRun {
  try {
    return ledger.enlist({ station: `line-${number}`, operator: 'ann' });
  } catch (error) {
    if (!(error as Error).message.includes('runs on this ledger already')) throw error;
    return enlist(ledger, number + 1);
  }
}

/** What the station does with a module that has nothing wrong. */
export async function prove(attempt: Attempt): Promise<void> {
  attempt.reserve();
  await attempt.step('write', async () => {});
  attempt.written();
  await attempt.step('prove', async () => {});
  attempt.verified();
}

/** A module that is verified, from its attempt to the end of that. */
export async function provision(ledger: Ledger, imei: string): Promise<void> {
  const run = enlist(ledger);
  const attempt = run.attempt({ imei, iccid: '8986001', firmware: 'NT26-1.0' }, '/dev/ttyUSB0');
  await prove(attempt);
  attempt.pass();
  run.end();
}

export const REASON = { code: 'PROOF_FAILED', message: 'the proof message was not answered' };
