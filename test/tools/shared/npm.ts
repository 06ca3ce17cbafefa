import { existsSync } from 'node:fs';
import { run } from '../../helpers/processes.js';
import { inProject, inTools } from './project.js';

/** Builds `dist` anew, which tools need that run the package as users do. Rejects with what the compiler says. */
export async function buildPackage(): Promise<void> {
  const { code, stdout, stderr } = await run('npm', ['run', '--silent', 'build'], { cwd: inProject() });
  if (code !== 0) throw new Error(`npm run build ended with ${code}\n${stdout}${stderr}`);
}

const INSTALL = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** ms. */
const INSTALL_LIMIT = 120_000;

/**
 * Installs what a folder of `test/tools` has in its lock, unless it is there: packages that the project itself must never
 * depend on. Gives npm's reason if that fails.
 */
export async function install(folder: string): Promise<string | undefined> {
  const cwd = inTools(folder);
  if (existsSync(`${cwd}/node_modules/.package-lock.json`)) return undefined;
  console.error(`installing test/tools/${folder}`);
  const { code, stderr } = await run('npm', INSTALL, { cwd, timeout: INSTALL_LIMIT });
  return code === 0 ? undefined : stderr.trim() || `npm ended with ${code}`;
}
