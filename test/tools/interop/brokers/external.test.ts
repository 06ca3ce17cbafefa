import { afterEach, expect, it, vi } from 'vitest';
import { NotRun } from '../../shared/not-run.js';
import { findExternal } from './external.js';

afterEach(() => vi.unstubAllEnvs());

it('takes the user name and the password of the address to its plain door', async () => {
  vi.stubEnv('INTEROP_BROKER', 'mqtt://meter:p%40ss@emqx.example');
  const { doors } = await findExternal();
  const login = { username: 'meter', password: 'p@ss' };
  expect(doors.plain).toEqual({ host: 'emqx.example', port: 1883, login });
});

it('logs in as nobody where the address names nobody', async () => {
  vi.stubEnv('INTEROP_BROKER', 'mqtt://emqx.example:1884');
  expect((await findExternal()).doors.plain).toEqual({ host: 'emqx.example', port: 1884 });
});

it('is not run without an address', async () => {
  vi.stubEnv('INTEROP_BROKER', '');
  await expect(findExternal()).rejects.toThrow(NotRun);
});
