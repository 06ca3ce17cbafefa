/** What a program has loaded by its own imports; what packages import in their turn is not among it. */
export interface Loads {
  /** Names, sorted, each once. */
  readonly packages: readonly string[];
  /** Files of `dist`, without it: `cli/main.js`; sorted. */
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
    packages: parts(urls, /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//),
    modules: parts(urls, /^(?!.*\/node_modules\/).*\/dist\/(.*)$/),
  };
}

function parts(urls: ReadonlySet<string>, pattern: RegExp): string[] {
  const found = [...urls].flatMap((url) => pattern.exec(url)?.[1] ?? []);
  return [...new Set(found)].sort();
}
