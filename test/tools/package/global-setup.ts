import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { inProject, inTools } from '../shared/project.js';
import { mustRun } from './programs.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package, a file. */
    readonly tarball: string;
    /** Folder of a project that has it installed. */
    readonly project: string;
    /** Folder of `tools/`, installed. */
    readonly tools: string;
  }
}

/** What the package is made of; `dist` is built anew. */
const SOURCES = [
  'bin',
  'src',
  'build.js',
  'package.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Lies in `dist` of the tree that is packed, as what an earlier build has left there. */
const LEFT_OVER = 'left-over-of-an-earlier-build.js';

/** Packs the package from a copy of the tree, with its scripts, and gives the file. */
function pack(folder: string): string {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'dist'), { recursive: true });
  for (const name of SOURCES) cpSync(inProject(name), join(tree, name), { recursive: true });
  symlinkSync(inProject('node_modules'), join(tree, 'node_modules'), 'dir');
  writeFileSync(join(tree, 'dist', LEFT_OVER), 'throw new Error();\n');
  mustRun(tree, 'npm', 'pack', '--pack-destination', folder);
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack has packed nothing');
  return join(folder, name);
}

/** An empty project that installs the package, and what its compiler needs for Node. */
function install(folder: string, tarball: string): string {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true }));
  mustRun(project, 'npm', 'install', tarball, '@types/node@20');
  return project;
}

function installTools(folder: string): string {
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  for (const name of ['package.json', 'package-lock.json']) {
    cpSync(inTools(`package/tools/${name}`), join(tools, name));
  }
  mustRun(tools, 'npm', 'ci', '--ignore-scripts');
  return tools;
}

/** Everything happens in one folder outside the tree, which is gone afterwards. */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'atmqtt-package-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const tarball = pack(folder);
    provide('tarball', tarball);
    provide('project', install(folder, tarball));
    provide('tools', installTools(folder));
  } catch (error) {
    remove();
    throw error;
  }
  return remove;
}
