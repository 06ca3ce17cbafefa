import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Some Node.js of the package `node` of npm. */
export interface ObtainedNode {
  /** E.g. `22.23.3`. */
  readonly version: string;
  /** Holds the executable `node`. */
  readonly folder: string;
}

/** Platform and architecture as the packages with the binaries spell them. */
const BINARIES = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * The newest Node.js of this major version, from the cache, else from the registry. Its package would fetch the
 * binaries by a script; here they are installed by name, and no script is run. Throws with npm's reason.
 */
export function obtainNode(major: number, cache: string): ObtainedNode {
  const folder = join(cache, `node-${major}`);
  mkdirSync(folder, { recursive: true });
  // Stops npm from looking for a project further up.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  if (!existsSync(packageFile(folder, BINARIES))) {
    install(folder, `node@${major}`);
    install(folder, `${BINARIES}@${versionOf(folder, 'node')}`);
  }
  return { version: versionOf(folder, BINARIES), folder: join(folder, 'node_modules', BINARIES, 'bin') };
}

function install(folder: string, name: string): void {
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', name];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status === 0) return;
  const reasons = stderr.split('\n').filter((line) => line.startsWith('npm error'));
  throw new Error(`npm ${args.join(' ')}: ${reasons.slice(0, 2).join(', ') || `ended with ${status}`}`);
}

function versionOf(folder: string, name: string): string {
  const { version } = JSON.parse(readFileSync(packageFile(folder, name), 'utf8')) as { version: string };
  return version;
}

function packageFile(folder: string, name: string): string {
  return join(folder, 'node_modules', name, 'package.json');
}
