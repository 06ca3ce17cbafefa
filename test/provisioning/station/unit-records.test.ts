import { expect, it } from 'vitest';
import { OpenEnds } from '../../../src/provisioning/station/unit-records.js';

it('keeps an end that the ledger does not take, and tries it again until it does', () => {
  const ends = new OpenEnds();
  const written: string[] = [];
  let full = true;
  const end = (name: string) => () => {
    if (full) throw new Error('disk full');
    written.push(name);
  };
  expect(ends.end(end('one'))).toBeInstanceOf(Error);
  expect(() => ends.settle()).toThrow('disk full');
  full = false;
  expect(ends.end(end('two'))).toBeUndefined();
  ends.settle();
  ends.settle();
  expect(written).toEqual(['two', 'one']);
});
