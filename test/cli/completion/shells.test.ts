import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTmux, openTerminal, type Terminal } from '../../helpers/tmux.js';

const BIN = fileURLToPath(new URL('../../../bin/atmqtt.js', import.meta.url));

/** How each shell is started without its user's settings, and told of the completion. */
const SHELLS: readonly { readonly name: string; readonly start: string[]; readonly setUp: string }[] = [
  { name: 'bash', start: ['bash', '--norc', '-i'], setUp: 'source <(atmqtt completion bash)' },
  {
    name: 'zsh',
    start: ['zsh', '-f', '-i'],
    setUp: 'autoload -Uz compinit; compinit -D -u; source <(atmqtt completion zsh)',
  },
  { name: 'fish', start: ['fish', '--no-config'], setUp: 'atmqtt completion fish | source' },
];

/** What is typed in front of Tab, and what stands there behind it. */
const CASES: readonly (readonly [string, RegExp])[] = [
  ['atmqtt compl', /atmqtt completion $/],
  ['atmqtt provision imp', /atmqtt provision import $/],
  ['atmqtt pub --will-to', /atmqtt pub --will-topic $/],
  ['atmqtt info -p si', /atmqtt info -p sim:$/],
  ['atmqtt info --port=si', /atmqtt info --port=sim:$/],
  ['atmqtt info -p tcp:', /atmqtt info -p tcp:\/\/$/],
  ['atmqtt info -p rfc', /atmqtt info -p rfc2217:\/\/$/],
  ['atmqtt sub --profile ben', /atmqtt sub --profile bench $/],
  ['atmqtt sim --fault late-o', /atmqtt sim --fault late-ok=$/],
  ["atmqtt pub -t 'a b' --module=nt3", /atmqtt pub -t 'a b' --module=nt35e $/],
  ['atmqtt pub --file pay', /atmqtt pub --file payload\.bin $/],
  ['atmqtt pub --file=pay', /atmqtt pub --file=payload\.bin $/],
  ["atmqtt pub --file 'two w", /atmqtt pub --file 'two words\.bin'? ?$/],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  const profiles = join(folder, 'config', 'atmqtt', 'profiles');
  await mkdir(profiles, { recursive: true });
  await writeFile(join(profiles, 'bench.json'), '{"version":1,"options":{"port":"sim:"}}');
  await mkdir(join(folder, 'bin'));
  await symlink(BIN, join(folder, 'bin', 'atmqtt'));
  await mkdir(join(folder, 'here'));
  for (const name of ['payload.bin', 'two words.bin']) await writeFile(join(folder, 'here', name), '');
});

afterAll(() => rm(folder, { recursive: true }));

/** A shell in a terminal, in a folder with two files, with one profile and the completion. */
async function openShell({ start, setUp }: (typeof SHELLS)[number]): Promise<Terminal> {
  const variables = [
    `PATH=${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
    `HOME=${folder}`,
    `XDG_CONFIG_HOME=${join(folder, 'config')}`,
    'PS1=$ ',
  ];
  const command = ['env', '-C', join(folder, 'here'), ...variables, ...start];
  const terminal = await openTerminal(command, { columns: 100, rows: 30 });
  await terminal.shows(/[$%>#] ?$/m);
  // Typed in two halves, so that the echo of the line is not taken for its answer.
  await terminal.press(`${setUp}; echo ready''-for-tab`);
  await terminal.press('Enter');
  await terminal.shows(/^ready-for-tab$/m);
  return terminal;
}

describe.skipIf(!hasTmux)('completion in a terminal', () => {
  for (const shell of SHELLS) {
    const there = spawnSync(shell.start[0] ?? '', ['--version']).status === 0;
    if (!there) console.warn(`SKIPPED: completion in ${shell.name}, which is not installed`);
    it.skipIf(!there)(`is right in ${shell.name}`, { timeout: 60_000 }, async () => {
      const terminal = await openShell(shell);
      try {
        for (const [typed, wanted] of CASES) {
          await terminal.press(typed);
          await terminal.press('Tab');
          // A mark behind the cursor: it shows where the word ends, and whether a space stands there.
          await terminal.press('^');
          const marked = new RegExp(wanted.source.replace(/\$$/, '\\^'));
          await terminal.shows(marked).catch((error: Error) => expect.fail(`${typed}: ${error.message}`));
          await terminal.press('C-u');
          await terminal.press('C-l');
        }
      } finally {
        await terminal.close();
      }
    });
  }
});
