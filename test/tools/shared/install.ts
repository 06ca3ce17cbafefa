import { existsSync } from 'node:fs';
import { run } from '../../helpers/processes.js';
import { inTools } from './project.js';

const ARGS = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** ms. */
const LIMIT = 120_000;

/**
 * Installs what a folder of `test/tools` has in its lock, unless it is there: packages that the project itself must never
 * depend on. Gives npm's reason if that fails.
 */
export async function install(folder: string): Promise<string | undefined> {
  const cwd = inTools(folder);
  if (existsSync(`${cwd}/node_modules/.package-lock.json`)) return undefined;
  console.error(`installing test/tools/${folder}`);
  const { code, stderr } = await run('npm', ARGS, { cwd, timeout: LIMIT });
  return code === 0 ? undefined : stderr.trim() || `npm ended with ${code}`;
}
