import { existsSync } from 'node:fs';
import { run } from '../../../helpers/processes.js';
import { inTools } from '../../shared/project.js';

/** Folders with packages of their own, which the project itself must never depend on. */
const FOLDERS = ['clients', 'mosca'] as const;

/** Installs what is not there yet, as the locks say. A failure is told, and leaves cells that say "not run". */
export async function install(): Promise<void> {
  for (const folder of FOLDERS) {
    const cwd = inTools(`interop/${folder}`);
    if (existsSync(`${cwd}/node_modules/.package-lock.json`)) continue;
    console.error(`interop: installing ${folder}`);
    const args = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, stderr } = await run('npm', args, { cwd });
    if (code !== 0) console.error(`interop: ${folder}: ${stderr.trim()}`);
  }
}
