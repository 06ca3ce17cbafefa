import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const COMPILER_OPTIONS = {
  target: 'ES2023',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  moduleDetection: 'force',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmitOnError: false,
  outDir: 'out',
};

/** `from 'x'` and `import 'x'`, the package alone. */
const PACKAGE_IMPORT = /\b(?:from|import)\s+'((?:@[^/']+\/)?[^./'][^/']*)(?:\/[^']*)?'/g;

const SYNTAX_ERROR = /: error TS1\d{3}: /;

/** A project of a user: the built package, and what the code imports beside it, in `node_modules`. */
export class Workspace {
  readonly #names: readonly string[];
  readonly folder = mkdtempSync(join(tmpdir(), 'atmqtt-readme-'));

  /** Takes modules of TypeScript by name, without extension. */
  constructor(modules: ReadonlyMap<string, string>) {
    this.#write('package.json', JSON.stringify({ private: true, type: 'module' }));
    this.#names = [...modules.keys()];
    for (const [name, text] of modules) this.#write(`${name}.ts`, text);
    const imported = [...modules.values()].flatMap((text) =>
      [...text.matchAll(PACKAGE_IMPORT)].map(([, name = '']) => name),
    );
    for (const name of new Set(['@types/node', ...imported])) this.#link(name);
  }

  /** Compiles everything; gives what the compiler complains of, by module. */
  compile(): ReadonlyMap<string, readonly string[]> {
    const complaints = this.#compile(this.#names);
    // The compiler looks at no types as long as a module is no TypeScript at all.
    const readable = this.#names.filter(
      (name) => !complaints.get(name)?.some((text) => SYNTAX_ERROR.test(text)),
    );
    if (readable.length === this.#names.length) return complaints;
    return new Map([...complaints, ...this.#compile(readable)]);
  }

  #compile(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
    const files = names.map((name) => `${name}.ts`);
    this.#write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }));
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr, error } = spawnSync(process.execPath, [compiler], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    const complaints = new Map<string, string[]>();
    for (const line of `${stdout}${stderr}`.split('\n').filter((text) => /\berror\b/.test(text))) {
      const [, name] = /^(\S+)\.ts\(\d+,\d+\): error /.exec(line) ?? [];
      if (name === undefined) throw new Error(`${stdout}${stderr}`);
      complaints.set(name, [...(complaints.get(name) ?? []), line]);
    }
    return complaints;
  }

  /** The compiled module with texts replaced, as a file to run; a text that is not there throws. */
  script(name: string, replacements: readonly (readonly [text: string, by: string])[]): string {
    let code = readFileSync(join(this.folder, 'out', `${name}.js`), 'utf8');
    for (const [text, by] of replacements) {
      if (!code.includes(text)) throw new Error(`the block does not hold ${text}`);
      code = code.replace(text, () => by);
    }
    const file = join(this.folder, `${name}.run.js`);
    writeFileSync(file, code);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  #link(name: string): void {
    if (name.startsWith('node:')) return;
    const link = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === 'atmqtt' ? ROOT : join(ROOT, 'node_modules', name), link, 'dir');
  }
}
