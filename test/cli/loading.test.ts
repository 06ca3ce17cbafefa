import { expect, it } from 'vitest';
import { runCli } from './run-cli.js';

/** Prints every specifier that is imported. */
const HOOKS = `export async function resolve(specifier, context, next) {
  process._rawDebug('import ' + specifier);
  return next(specifier, context);
}`;
const REGISTER = `import { register } from 'node:module';
register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(HOOKS))});`;
const ENVIRONMENT = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REGISTER)}` };

const HEAVY = ['serialport', '@serialport/bindings-cpp', 'mqtt', 'aedes', 'libsql'];

async function importsOf(...args: string[]): Promise<string[]> {
  const { code, stderr } = await runCli(args, { environment: ENVIRONMENT });
  expect(code).toBe(0);
  return [...stderr.matchAll(/^import (.*)$/gm)].map(([, specifier = '']) => specifier);
}

async function packagesOf(...args: string[]): Promise<string[]> {
  const specifiers = await importsOf(...args);
  return specifiers.filter((specifier) => specifier === 'commander' || HEAVY.includes(specifier));
}

it('loads no heavy package to show version and help', async () => {
  for (const args of [['--version'], ['--help'], ['pub', '--help'], ['help', 'sim']]) {
    expect(new Set(await packagesOf(...args))).toEqual(new Set(['commander']));
  }
});

it('loads nothing to show version and help that only commands and failures need', async () => {
  for (const args of [['--version'], ['--help']]) {
    const specifiers = await importsOf(...args);
    expect(specifiers).toContain('./program.js');
    expect(specifiers.filter((specifier) => /launch|usage|errors\/|\/run\.js$/.test(specifier))).toEqual([]);
  }
});

it('loads the simulator for those who ask for it', async () => {
  expect(await packagesOf('info', '-p', 'sim:')).toContain('aedes');
});
