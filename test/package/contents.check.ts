import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { ROOT } from './paths.js';
import { mustRun } from './run.js';

const files = mustRun(ROOT, 'tar', '-tzf', inject('tarball'))
  .split('\n')
  .filter((name) => name !== '')
  .map((name) => name.replace(/^package\//, ''));

const installed = join(inject('project'), 'node_modules/atmqtt');

/** What the compiler makes of each source file. */
const built = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace(/\.ts$/, ''))
  .flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]);

describe('the packed package', () => {
  it('holds what is built of the sources, the command, and its papers: nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/atmqtt.js', 'package.json'];
    expect(files.toSorted()).toEqual([...papers, ...built].toSorted());
  });

  it('points to no map that is not there', () => {
    for (const name of files.filter((file) => /\.(?:js|ts)$/.test(file))) {
      expect(readFileSync(join(installed, name), 'utf8'), name).not.toMatch(/^\/\/# sourceMappingURL=/m);
    }
  });

  it('brings every package that it imports, and none that it does not', () => {
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const imported = new Set<string>();
    for (const name of files.filter((file) => /^(?:dist|bin)\//.test(file))) {
      for (const [, found = ''] of readFileSync(join(installed, name), 'utf8').matchAll(
        /(?:\bfrom |\bimport |\bimport\()'((?:@[^/']+\/)?[^./'][^/']*)/g,
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
