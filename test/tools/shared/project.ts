import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository: compiled, a file lies elsewhere than its source, at another depth. */
const ROOT = packageAround(import.meta.dirname);

/** The path of a file of the repository, from its path below the root. */
export function inProject(path = ''): string {
  return join(ROOT, path);
}

/** The same for what is not compiled, from its path below `test/tools`. */
export function inTools(path: string): string {
  return join(ROOT, 'test/tools', path);
}

function packageAround(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageAround(dirname(folder));
}
