import { describe, expect, it } from 'vitest';
import { Histogram } from '../../../src/util/histogram.js';
import { Ledger } from './ledger.js';
import { payloadOf, sequenceOf } from './payloads.js';

function ledgerOf(count: number): Ledger {
  const ledger = new Ledger('t', new Histogram());
  for (let index = 0; index < count; index += 1) ledger.send();
  return ledger;
}

function missingIn(ledger: Ledger): number[] {
  return [...ledger.outstanding].map(({ sequence }) => sequence);
}

describe('the ledger', () => {
  it('tells first arrivals from repeats, and what is missing', () => {
    const ledger = ledgerOf(4);
    for (const sequence of [1, 2, 2, 4]) ledger.arrive(payloadOf(sequence));
    expect(ledger.counts).toEqual({ sent: 4, arrived: 3, repeats: 1, mangled: 0, outOfOrder: 0 });
    expect(missingIn(ledger)).toEqual([3]);
    expect(ledger.misses(3)).toBe(true);
    expect(ledger.misses(4)).toBe(false);
  });

  it('finds a first arrival behind a later one, unless its sender has sent it again', () => {
    const ledger = ledgerOf(4);
    ledger.resend(2);
    for (const sequence of [1, 3, 2]) ledger.arrive(payloadOf(sequence));
    expect(ledger.counts.outOfOrder).toBe(0);
    ledger.arrive(payloadOf(4));
    const other = ledgerOf(2);
    for (const sequence of [2, 1]) other.arrive(payloadOf(sequence));
    expect(other.counts.outOfOrder).toBe(1);
  });

  it('takes nothing for a message that nobody sent', () => {
    const ledger = ledgerOf(7);
    const damaged = payloadOf(7);
    damaged[10] = (damaged[10] ?? 0) ^ 1;
    for (const payload of [damaged, payloadOf(8), Buffer.from('x'), Buffer.alloc(0)]) ledger.arrive(payload);
    expect(ledger.counts).toMatchObject({ arrived: 0, mangled: 4 });
  });

  it('knows a payload by its content', () => {
    for (const sequence of [1, 5, 50, 999, 123_456]) expect(sequenceOf(payloadOf(sequence))).toBe(sequence);
    expect(payloadOf(5)).toContain(0x80);
    expect(payloadOf(50).length).toBeGreaterThan(2_000);
  });
});
