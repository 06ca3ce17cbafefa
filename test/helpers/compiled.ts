import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A program of the tests, made into one file that Node.js runs; to be removed in the end. */
export function compiled(source: URL): { readonly file: string; remove(): void } {
  // Within the project, so that it finds the packages.
  const folder = mkdtempSync(`${ROOT}node_modules/.atmqtt-`);
  const file = `${folder}/program.mjs`;
  buildSync({
    entryPoints: [fileURLToPath(source)],
    outfile: file,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
