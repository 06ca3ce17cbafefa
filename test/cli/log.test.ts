import { expect, it } from 'vitest';
import { degradationText } from '../../src/cli/log.js';

it.each([
  [{ setting: 'urc', consequence: 'x', refusedBy: 'module' }, 'the module refused urc: x'],
  [
    { setting: 'subscription to "a"', consequence: 'x', refusedBy: 'broker' },
    'the broker refused subscription to "a": x',
  ],
  // Nobody refused it, or nobody says who did.
  [{ setting: 'cache', consequence: 'a message was lost' }, 'cache: a message was lost'],
] as const)('blames nobody but who refused: %j', (told, text) => {
  expect(degradationText(told)).toBe(text);
});
