import { once } from 'node:events';
import { start } from '../../helpers/processes.js';
import { inProject } from './project.js';

/** Runs a program of Node.js at the root of the repository, with the output of this process; gives its exit code or signal. */
export async function runNode(
  args: readonly string[],
  {
    node = process.execPath,
    env = process.env,
  }: { readonly node?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<number | string | null> {
  const child = await start(node, args, { cwd: inProject(), env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return code ?? signal;
}

/** Runs vitest with a configuration, named from the root, and with these arguments. */
export function runVitest(
  config: string,
  args: readonly string[] = [],
  how: Parameters<typeof runNode>[1] = {},
): Promise<number | string | null> {
  return runNode([inProject('node_modules/vitest/vitest.mjs'), 'run', '--config', config, ...args], how);
}
