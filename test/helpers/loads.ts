import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a program has loaded by its own imports; what packages import in their turn is not among it. */
export interface Loads {
  /** Names, sorted, each once. */
  readonly packages: readonly string[];
  /** Files of `src`, without it, that the loaded files of `dist` are made of: `cli/main.ts`; sorted. */
  readonly modules: readonly string[];
}

/** Runs beside the program; each import is told once it is resolved, from whichever file it comes. */
const HOOKS = `export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  if (!context.parentURL?.includes('/node_modules/')) process._rawDebug('loaded ' + resolved.url);
  return resolved;
}`;
const REGISTER = `import { register } from 'node:module';
register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(HOOKS))});`;

/** The environment in which Node.js tells on stderr what it loads. */
export const TELLS_LOADS = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REGISTER)}`,
};

/** What stderr told. */
export function loadsIn(stderr: string): Loads {
  const urls = new Set([...stderr.matchAll(/^loaded (file:.*)$/gm)].map(([, url = '']) => url));
  return {
    packages: sorted([...urls].flatMap((url) => PACKAGE.exec(url)?.[1] ?? [])),
    modules: sorted([...urls].filter((url) => OURS.test(url)).flatMap(sourcesOf)),
  };
}

const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const OURS = /^(?!.*\/node_modules\/).*\/dist\/.*\.js$/;

function sourcesOf(url: string): string[] {
  const { sources } = JSON.parse(readFileSync(fileURLToPath(`${url}.map`), 'utf8')) as { sources: string[] };
  return sources.map((source) => source.replace(/^(?:\.\.\/)+src\//, ''));
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
