/**
 * Makes the JavaScript of `dist` from `src`; the declarations are the compiler's. What is loaded together stands in one
 * file, as each file that Node.js loads costs some 0.3 ms: the commands and the library are made of hundreds of small
 * ones. What is imported in a function is a file of its own, so that a command loads no more than before. The maps lead
 * from a stack trace back to the sources (`node --enable-source-maps`).
 */
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { exports, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

const library = Object.values(exports).flatMap((target) => target.default ?? []);
const entryPoints = [...library, './dist/cli/main.js'].map((file) =>
  file.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts'),
);

rmSync('dist/chunks', { recursive: true, force: true });
await build({
  entryPoints,
  outdir: 'dist',
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: engines.node.replace('>=', 'node'),
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
});
