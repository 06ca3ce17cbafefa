import { fileURLToPath } from 'node:url';

/** The root of the repository, seen from `.bench/test/bench`. */
const ROOT = new URL('../../../', import.meta.url);

/** The path of a file that is not compiled, from its path below `test/bench`. */
export function sourceFile(path: string): string {
  return fileURLToPath(new URL(`test/bench/${path}`, ROOT));
}

/** The path of a file of the package, from its path below the root. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}
