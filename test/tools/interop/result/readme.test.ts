import { expect, it } from 'vitest';
import { withTable } from './readme.js';

it('puts the table between the marks and leaves the rest', () => {
  const text = 'before\n<!-- interop -->\nold\n<!-- /interop -->\nafter\n';
  const once = withTable(text, '| new |');
  expect(once).toBe('before\n<!-- interop -->\n\n| new |\n\n<!-- /interop -->\nafter\n');
  expect(withTable(once, '| new |')).toBe(once);
});

it('leaves a text without marks as it is', () => {
  expect(withTable('no marks\n', '| new |')).toBe('no marks\n');
});
