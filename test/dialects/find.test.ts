import { expect, it } from 'vitest';
import { findDialect } from '../../src/dialects/find.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { PROFILES } from '../../src/dialects/lmqtt/profiles.js';
import { DIALECTS, PROFILE_NAMES, USUAL_PROFILE } from '../../src/dialects/registry.js';

it('gives the dialect of a name, with its usual profile', async () => {
  const { entry, profile } = findDialect({ dialect: 'lmqtt' });
  expect(await entry.driver()).toBe(LMQTT);
  expect(profile).toBe('nt26');
});

it('gives the dialect of a profile', async () => {
  const { entry, profile } = findDialect({ profile: 'nt35e' });
  expect(await entry.driver()).toBe(LMQTT);
  expect(profile).toBe('nt35e');
});

it('takes the usual profile if nothing is said', () => {
  expect(findDialect({}).profile).toBe(USUAL_PROFILE);
});

it.each(['nonsense', 'LMQTT', 'constructor', '', 7])(
  'refuses the dialect %j and lists those there are',
  (name) => {
    expect(() => findDialect({ dialect: name as string })).toThrow(
      /^dialect is .*, but must be one of lmqtt$/,
    );
  },
);

it.each([{}, { dialect: 'lmqtt' }])('refuses a profile that is not known, with %j', (choice) => {
  expect(() => findDialect({ ...choice, profile: 'bg95' })).toThrow(
    /^profile is "bg95", but must be one of nt26, nt35e$/,
  );
});

it('lists each profile once, and those that the driver knows', () => {
  expect(new Set(PROFILE_NAMES).size).toBe(PROFILE_NAMES.length);
  expect(DIALECTS.find(({ name }) => name === 'lmqtt')?.profiles).toEqual(Object.keys(PROFILES));
});

it.each(DIALECTS)('simulates every profile of $name', async ({ profiles, simulated }) => {
  expect(Object.keys((await simulated()).identities)).toEqual([...profiles]);
});
