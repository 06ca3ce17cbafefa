import { expect, it } from 'vitest';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { dialectNamed } from '../../src/dialects/registry.js';

it('gives the dialect of a name', () => {
  expect(dialectNamed('lmqtt')).toBe(LMQTT);
});

it.each(['qmt', 'LMQTT', 'constructor', undefined])('refuses %j and lists those there are', (name) => {
  expect(() => dialectNamed(name)).toThrow(/^dialect: .* is refused, it must be one of lmqtt$/);
});
