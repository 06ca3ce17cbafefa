import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { inProject, inTools } from '../shared/project.js';
import { mustRun } from './programs.js';

const project = inject('project');
const CONSUMER = inTools('package/consumer');
const sources = readdirSync(CONSUMER);
const text = sources.map((name) => readFileSync(join(CONSUMER, name), 'utf8')).join('\n');

const { exports } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
};

/** `atmqtt`, `atmqtt/simulator` and so on; that of package.json has no code. */
const subpaths = Object.entries(exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [[path.replace('.', 'atmqtt'), target.types] as const],
);

const COMPILERS = {
  'that of the project': inProject('node_modules/typescript/bin/tsc'),
  'TypeScript 5.9': join(inject('tools'), 'node_modules/typescript/bin/tsc'),
};

/** Strict, and strict with the declarations of the package too. */
const STRICT = {
  target: 'ES2023',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  outDir: 'out',
};
const NODE = { module: 'nodenext', moduleResolution: 'nodenext' };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };

/** A package within the project, with the consumer in it; compiled when this returns. */
function compiled(name: string, type: string, compiler: string, options: object): string {
  const folder = join(project, name);
  mkdirSync(folder);
  for (const file of sources) cpSync(join(CONSUMER, file), join(folder, file));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...STRICT, ...options } }),
  );
  mustRun(folder, process.execPath, compiler, '-p', '.');
  return folder;
}

function print(folder: string, ...args: readonly string[]): string {
  return mustRun(folder, process.execPath, ...args);
}

describe.each(Object.entries(COMPILERS))('the packed package with the compiler: %s', (name, compiler) => {
  const place = (kind: string) => `${kind}-${name.replaceAll(/\W/g, '-')}`;

  it('is used from an ES module of TypeScript', () => {
    const folder = compiled(place('esm'), 'module', compiler, NODE);
    expect(print(folder, 'out/main.js')).toBe('used as ESM , nothing lost\n');
  });

  it('is used from a CommonJS module of TypeScript, by require', () => {
    const folder = compiled(place('cjs'), 'commonjs', compiler, NODE);
    expect(readFileSync(join(folder, 'out/library.js'), 'utf8')).toContain('require("atmqtt")');
    expect(print(folder, 'out/main.js')).toBe('used as CommonJS , nothing lost\n');
  });

  it('compiles for a bundler', () => {
    const folder = compiled(place('bundler'), 'module', compiler, BUNDLER);
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(
      sources.map((file) => file.replace('.ts', '.js')),
    );
  });
});

describe('each export of the packed package', () => {
  const LIST = '(all) => console.log(JSON.stringify(Object.keys(all).sort()))';

  it.each(subpaths)('is there for import and for require alike: %s', (subpath) => {
    const imported = print(project, '--input-type=module', '-e', `(${LIST})(await import('${subpath}'))`);
    const required = print(project, '--input-type=commonjs', '-e', `(${LIST})(require('${subpath}'))`);
    const names = (JSON.parse(imported) as string[]).filter((name) => name !== '__esModule');
    expect((JSON.parse(required) as string[]).filter((name) => name !== '__esModule')).toEqual(names);
    for (const name of names) expect(text, name).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it.each(subpaths)('is used by the consumer: %s', (_subpath, types) => {
    for (const name of declaredIn(types)) expect(text, name).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('package.json is one of them', () => {
    expect(print(project, '-p', "require('atmqtt/package.json').name")).toBe('atmqtt\n');
  });
});

/** The names that a declaration file exports, with those of the files that it hands on as a whole. */
function declaredIn(file: string): string[] {
  const path = join(project, 'node_modules/atmqtt', file);
  const code = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const lists = [...code.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    list.split(','),
  );
  const listed = lists.map((item) => item.replace(/^[\s\S]*\bas\b|\btype\b/, '').trim());
  const declared = [
    ...code.matchAll(/^export (?:declare )?(?:abstract )?(?:class|function|const|interface|type) (\w+)/gm),
  ];
  const handedOn = [...code.matchAll(/^export (?:type )?\* from '(.+)\.js'/gm)].flatMap(([, from = '']) =>
    declaredIn(join(file, '..', `${from}.d.ts`)),
  );
  return [...listed, ...declared.map(([, name = '']) => name), ...handedOn].filter((name) => name !== '');
}
