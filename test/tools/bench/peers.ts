import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { inTools } from '../shared/project.js';
import { NotRun } from './not-run.js';

/** ms. */
const INSTALL_LIMIT = 120_000;

/** A package of `test/tools/bench/peers`, which is no dependency of ours: installed there at the first use. */
export async function requirePeer(name: string): Promise<unknown> {
  const folder = inTools('bench/peers');
  if (!existsSync(`${folder}/node_modules/${name}`)) {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      timeout: INSTALL_LIMIT,
    }).catch((error: Error & { stderr?: string }) => {
      const [why = error.message] = (error.stderr ?? '').split('\n').filter((line) => line.includes('error'));
      throw new NotRun(`${name} could not be installed: ${why}`);
    });
  }
  return createRequire(`${folder}/`)(name);
}
