import { expect } from 'vitest';
import type { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import type { AuditRecord } from '../../../src/provisioning/ledger/ledger-types.js';

/** What must hold in every ledger, whatever has happened. */
export function checkBooks(ledger: Ledger, secrets: readonly string[]): void {
  const triples = ledger.triples();
  const bound = triples.flatMap(({ imei }) => imei ?? []);
  expect(new Set(bound).size, 'no IMEI has two triples').toBe(bound.length);
  const audits = [...new Set(ledger.attempts().map(({ imei }) => imei))].map((imei) =>
    ledger.audit({ imei }),
  );
  for (const audit of audits) checkOrder(audit);
  for (const { imei } of triples.filter(({ state }) => state === 'verified')) checkProof(ledger, imei ?? '');
  for (const attempt of ledger.attempts()) expect(attempt.outcome, 'no attempt stays open').toBeDefined();
  checkModules(audits.flat());
  const told = JSON.stringify([triples, ledger.attempts(), audits]);
  for (const secret of secrets) expect(told).not.toContain(secret);
}

/** Of each attempt: every observation follows the intent of its step, and no step begins within another. */
function checkOrder(audit: readonly AuditRecord[]): void {
  const open = new Map<number, string>();
  for (const { attemptId = 0, event, what } of audit) {
    if (what === 'intent') {
      expect(open.get(attemptId), `${event} begins within another step`).toBeUndefined();
      open.set(attemptId, event);
    } else if (what === 'done' || (what === 'failed' && !['state', 'attempt'].includes(event))) {
      expect(open.get(attemptId), `${event} is ${what} without an intent`).toBe(event);
      open.delete(attemptId);
    }
  }
}

/** The attempt that verified a triple has seen the answer to its proof. */
function checkProof(ledger: Ledger, imei: string): void {
  const audit = ledger.audit({ imei });
  const verified = audit.findLastIndex(({ event, what }) => event === 'state' && what === 'verified');
  const { attemptId } = audit[verified] ?? {};
  const proof = audit.findIndex(
    (line) => line.attemptId === attemptId && line.event === 'prove' && line.what === 'done',
  );
  expect(proof, `the proof of ${imei} comes before its state`).toBeGreaterThanOrEqual(0);
  expect(proof).toBeLessThan(verified);
}

/** No device name was ever at work in two modules. */
function checkModules(audit: readonly AuditRecord[]): void {
  const modules = new Map<string, string>();
  for (const { deviceName, imei } of audit) {
    if (deviceName === undefined || imei === undefined) continue;
    expect(modules.get(deviceName) ?? imei, `${deviceName} is in one module`).toBe(imei);
    modules.set(deviceName, imei);
  }
}

/** Seen from outside: no device name was written into two modules, no module was given two. */
export function checkHeard(heard: readonly { readonly deviceName: string; readonly imei: string }[]): void {
  const pairs = new Set(heard.map(({ deviceName, imei }) => `${deviceName} ${imei}`));
  expect(new Set(heard.map(({ deviceName }) => deviceName)).size).toBe(pairs.size);
  expect(new Set(heard.map(({ imei }) => imei)).size).toBe(pairs.size);
}
