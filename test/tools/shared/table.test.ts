import { expect, it } from 'vitest';
import { table } from './table.js';

it('aligns the first column to the left, and the others to the right', () => {
  const rows = [
    ['a pseudo-terminal', '9', '12.5'],
    ['memory', '1024'],
  ];
  expect(table(['over', 'bytes', '%'], rows)).toEqual([
    'over               bytes     %',
    'a pseudo-terminal      9  12.5',
    'memory              1024',
  ]);
});

it('needs no rows', () => {
  expect(table(['over', 'bytes'], [])).toEqual(['over  bytes']);
});
