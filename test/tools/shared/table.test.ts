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

it('takes rows that are longer than the heads', () => {
  expect(
    table(
      ['over'],
      [
        ['tcp', '1'],
        ['memory', '20', '3'],
      ],
    ),
  ).toEqual(['over', 'tcp      1', 'memory  20  3']);
});

it('needs no rows', () => {
  expect(table(['over', 'bytes'], [])).toEqual(['over  bytes']);
});
