import { expect, it } from 'vitest';
import { anyModule, profileOf } from '../../src/dialects/find.js';
import { DIALECTS } from '../../src/dialects/registry.js';

it('knows the boot lines of every dialect', async () => {
  const { boot } = await anyModule();
  for (const { identity } of DIALECTS) {
    const own = (await identity()).boot;
    for (const part of ['starting', 'powerDown', 'ready', 'banners'] as const) {
      expect(boot[part]).toEqual(expect.arrayContaining([...own[part]]));
    }
  }
});

it.each([
  ['nt26', { model: 'NT26-KCN', revision: 'x' }],
  ['nt26', { model: '', revision: '', firmware: 'NT26KCNA00NNA-L01S' }],
  ['nt35e', { model: 'nt35e', revision: '' }],
  ['nt35e', { model: '', revision: 'NT35ECNA00NNA' }],
])('finds the profile %s by what the module says of itself', async (profile, names) => {
  expect(await profileOf(names)).toBe(profile);
});

it.each([
  { model: '', revision: '' },
  { model: 'EC25', revision: 'EC25EFAR06A06M4G', firmware: undefined },
])('finds no profile for %j', async (names) => {
  expect(await profileOf(names)).toBeUndefined();
});
