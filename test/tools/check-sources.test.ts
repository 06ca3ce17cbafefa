import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const TOOL = new URL('check-sources.js', import.meta.url).pathname;
const PAGE = '# A page\n\n## 1. Rules\n\n## 2. Settings\n';
const ROWS = '| # | what |\n| --- | --- |\n| 1 | one |\n| 12 | two |\n';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(files: Readonly<Record<string, string>>) {
  root = mkdtempSync(join(tmpdir(), 'atmqtt-sources-'));
  const all = { 'docs/wire/page.md': PAGE, 'docs/wire/rows.md': ROWS, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, root], { encoding: 'utf8' });
  return { status, stdout, problems: stderr.split('\n').filter((line) => line !== '') };
}

it('knows pages by name, path and link, with their sections and rows', () => {
  const checked = check({
    'src/a.ts': '/** page.md 1, 2 [M], page.md 1 to 2, rows.md 1 and 12; docs/wire/page.md. */\n',
    'docs/wire/README.md': '[page.md](page.md) and [the readme](../../README.md)\n',
    'README.md': '[evidence](docs/wire/README.md), `notes.md 3`\n',
  });
  expect(checked).toMatchObject({ status: 0, problems: [] });
});

it.each([
  ['a page that is not there', '// lost.md 2\n', 'src/a.ts:1: there is no lost.md'],
  ['a section', '\n// page.md 2, 3\n', 'src/a.ts:2: docs/wire/page.md has no section or row 3'],
  ['a row', '// rows.md 2\n', 'src/a.ts:1: docs/wire/rows.md has no section or row 2'],
])('finds %s', (_what, text, problem) => {
  expect(check({ 'src/a.ts': text })).toMatchObject({ status: 1, problems: [problem] });
});

it('finds a link that leads nowhere in a page for users', () => {
  expect(check({ 'README.md': '[more](docs/more.md)\n' }).problems).toEqual([
    'README.md:1: there is no docs/more.md',
  ]);
});

it('finds a dialect that is named outside of its folder, by its name or by a command of its own', () => {
  const checked = check({
    'src/at/general.ts': "const NAME = '+CSQ';\n",
    'src/dialects/xmqtt/commands.ts': "const NAMES = ['AT+XPUB=', '+CSQ'];\n",
    'src/dialects/registry.ts': "import('./xmqtt/commands.js');\n",
    'src/errors/secret-commands.ts': "const NAME = 'XMQTT';\n",
    'src/client/a.ts': "/** xmqtt.md 1, '+CSQ' */\nif (dialect === 'xmqtt') send('AT+XPUB=1');\n",
    'src/client/b.ts': "send('at+xpub?');\n",
    'docs/wire/xmqtt.md': PAGE,
  });
  expect(checked).toMatchObject({ status: 1 });
  expect(checked.problems.sort()).toEqual([
    'src/client/a.ts:2: xmqtt belongs into its dialect',
    'src/client/b.ts:1: xpub belongs into its dialect',
  ]);
});

it('lists full folders and small files, and fails for neither', () => {
  const files = Array.from({ length: 25 }, (_, index) => [`src/many/f${index}.ts`, 'one line\n'] as const);
  const { status, stdout } = check(Object.fromEntries(files));
  expect(status).toBe(0);
  expect(stdout).toBe('src/many has 25 files\n25 files of src have fewer than 20 lines\n');
});
