import { expect, it } from 'vitest';
import { dialectNamed } from '../../src/dialects/dialects.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';

it('gives the dialect of a name', () => {
  expect(dialectNamed('lmqtt')).toBe(LMQTT);
});

it.each(['qmt', 'LMQTT', 'constructor', undefined])('refuses %j and lists those there are', (name) => {
  expect(() => dialectNamed(name)).toThrow(/^dialect: .* is refused, it must be one of lmqtt$/);
});
