import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Some Node.js of the packages with its binaries on npm. */
export interface ObtainedNode {
  /** E.g. `22.23.3`. */
  readonly version: string;
  /** Holds the executable `node`. */
  readonly folder: string;
}

/** Platform and architecture as the packages with the binaries spell them. */
const BINARIES = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * The newest Node.js of this major version, from the cache, else from the registry. The package `node` would fetch the
 * binaries by a script, and lags behind: here they are installed by name, and no script is run. Throws with npm's reason.
 */
export function obtainNode(major: number, cache: string): ObtainedNode {
  const folder = projectIn(cache, `node-${major}`);
  if (!existsSync(packageFile(folder))) install(folder, `${BINARIES}@${major}`);
  return obtained(folder);
}

/** The newest of all that are published: the registry is asked each time. Throws with npm's reason. */
export function obtainNewest(cache: string): ObtainedNode {
  const folder = projectIn(cache, 'node-newest');
  const newest = newestOf(JSON.parse(npm(folder, ['view', BINARIES, 'versions', '--json'])) as string[]);
  if (newest === undefined) throw new Error(`${BINARIES} has no versions`);
  if (!existsSync(packageFile(folder)) || versionOf(folder) !== newest)
    install(folder, `${BINARIES}@${newest}`);
  return obtained(folder);
}

/** The highest version that is no pre-release. The tag `latest` is what was published last, of any major version. */
export function newestOf(versions: readonly string[]): string | undefined {
  return versions
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .at(-1);
}

/** A folder below the cache in which npm finds a project, so that it looks for none further up. */
function projectIn(cache: string, name: string): string {
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return folder;
}

function obtained(folder: string): ObtainedNode {
  return { version: versionOf(folder), folder: join(folder, 'node_modules', BINARIES, 'bin') };
}

function install(folder: string, name: string): void {
  npm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', name]);
}

/** What npm prints. */
function npm(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  const reasons = stderr.split('\n').filter((line) => line.startsWith('npm error'));
  throw new Error(`npm ${args.join(' ')}: ${reasons.slice(0, 2).join(', ') || `ended with ${status}`}`);
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(packageFile(folder), 'utf8')) as { version: string };
  return version;
}

function packageFile(folder: string): string {
  return join(folder, 'node_modules', BINARIES, 'package.json');
}
