import { describe, expect, it } from 'vitest';
import { iccidOf, isSameCard } from '../../../src/at/commands/iccid.js';

describe('The number of a SIM', () => {
  it.each([
    ['20 digits', '89860425102170123456', '89860425102170123456'],
    ['19 digits', '8986042510217012345', '8986042510217012345'],
    ['19 digits, filled up', '8986042510217012345F', '8986042510217012345'],
    ['18 digits', '898600123456789012', '898600123456789012'],
    ['18 digits, filled up', '898600123456789012FF', '898600123456789012'],
    ['letters early', '898600B5012345678901', '898600B5012345678901'],
    ['letters late, small', '898604251021701234ab', '898604251021701234AB'],
    ['pairs as on the card', '98684052017121034365', '89860425101712303456'],
    ['pairs as on the card, 19 digits', '986840520112072143F5', '8986042510217012345'],
    ['no 89 either way', '12345678901234567890', '12345678901234567890'],
  ])('with %s is read', (_what, text, iccid) => {
    expect(iccidOf(text)).toBe(iccid);
  });

  it.each([
    ...['', '123', '898604251', 'FFFFFFFFFFFFFFFFFFFF', '00000000000000000000', '898604251021701234567'],
    ...['8986042510217012345G', '8986 0425 1021 7012', '8986FFFFFFFFFFFFFFFF'],
  ])('is not %j', (text) => {
    expect(iccidOf(text)).toBeUndefined();
  });

  it('is the same in every form of it, and nothing is the same as what is not known', () => {
    const forms = ['8986042510217012345', '8986042510217012345F', '986840520112072143f5'];
    for (const one of forms) for (const other of forms) expect(isSameCard(one, other)).toBe(true);
    expect(isSameCard(forms[0], '8986042510217012346')).toBe(false);
    expect(isSameCard(undefined, undefined)).toBe(false);
    expect(isSameCard(forms[0], undefined)).toBe(false);
  });
});
