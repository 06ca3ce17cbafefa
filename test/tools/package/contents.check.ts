import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { inProject } from '../shared/project.js';
import { mustRun } from './programs.js';

const files = mustRun(inProject(), 'tar', '-tzf', inject('tarball'))
  .split('\n')
  .filter((name) => name !== '')
  .map((name) => name.replace(/^package\//, ''));

const installed = join(inject('project'), 'node_modules/atmqtt');

/** What the compiler makes of each source file. */
const declarations = readdirSync(inProject('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `dist/${name.replace(/\.ts$/, '.d.ts')}`);

const { exports } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
  exports: Record<string, string | { default: string }>;
};

/** What is run: the entries, and what they have in common or load later, each with its map. */
const entries = Object.values(exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.default.replace('./', '')],
);
const isChunk = (name: string) => /^dist\/chunks\/[\w-]+\.js(?:\.map)?$/.test(name);

describe('the packed package', () => {
  it('holds what is built of the sources, the command, and its papers: nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/atmqtt.js', 'package.json'];
    const code = [...entries, 'dist/cli/main.js'].flatMap((name) => [name, `${name}.map`]);
    const known = files.filter((name) => !isChunk(name));
    expect(known.toSorted()).toEqual([...papers, ...declarations, ...code].toSorted());
  });

  it('points to no map and to no chunk that is not there', () => {
    for (const name of files.filter((file) => file.endsWith('.js'))) {
      const text = readFileSync(join(installed, name), 'utf8');
      const maps = [...text.matchAll(/^\/\/# sourceMappingURL=(.*)$/gm)].map(([, map]) => map);
      const chunks = [...text.matchAll(/"(\.{1,2}\/(?:chunks\/)?[\w-]+\.js)"/g)].map(([, chunk]) => chunk);
      for (const found of [...maps, ...chunks]) {
        expect(files, name).toContain(posix.join(posix.dirname(name), found ?? ''));
      }
    }
  });

  it('brings every package that it imports, and none that it does not', () => {
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const imported = new Set<string>();
    for (const name of files.filter((file) => /^(?:dist|bin)\//.test(file))) {
      for (const [, found = ''] of readFileSync(join(installed, name), 'utf8').matchAll(
        /(?:\bfrom |\bimport |\bimport\()["']((?:@[^/"']+\/)?[^./"'][^/"']*)/g,
      )) {
        // An error text tells to import 'atmqtt/simulator'.
        if (!found.startsWith('node:') && found !== 'atmqtt') imported.add(found);
      }
    }
    expect([...imported].toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it('is taken without a look at what it depends on for development', () => {
    expect(readdirSync(join(inject('project'), 'node_modules'))).not.toContain('vitest');
  });
});
