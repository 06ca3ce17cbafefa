import { describe, expect, it } from 'vitest';
import { FAILURES, failureOf } from '../../src/provisioning/failures.js';

describe('FAILURES', () => {
  it('says of each failure what it means and what to do', () => {
    for (const [code, { sentence, action }] of Object.entries(FAILURES)) {
      expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
      expect(sentence).toMatch(/^[a-zA-Z].*[^.]$/);
      expect(action).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('never tries again what only a person can decide', () => {
    const decisions = [
      'SIGNATURE_REFUSED',
      'REGISTRATION_UNANSWERED',
      'REGISTRATION_REFUSED',
      'ALREADY_ACTIVATED',
    ];
    for (const code of decisions) expect(failureOf(code).passing).toBe(false);
  });

  it('takes a code of a later version for a fault of the station', () => {
    expect(failureOf('LATER_VERSION')).toBe(FAILURES.STATION_FAULT);
  });
});
