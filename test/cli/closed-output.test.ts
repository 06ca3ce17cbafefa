import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { runCli } from './run-cli.js';

const BIN = fileURLToPath(new URL('../../bin/atmqtt.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-closed-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command with nobody at the other end of its output from the start, as behind `| true`. */
async function runForNobody(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder },
  });
  child.stdout.destroy();
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, stderr };
}

function family(command: Command, path: readonly string[] = []): string[][] {
  return [[...path], ...command.commands.flatMap((child) => family(child, [...path, child.name()]))];
}

const QUIET = { code: 0, signal: null, stderr: '' };

describe('a reader that has read enough', () => {
  it('ends the help of each command without a word', async () => {
    const commands = family(createProgram(() => {}));
    expect(commands.length).toBeGreaterThan(15);
    for (const path of commands) {
      expect({ path, ...(await runForNobody([...path, '--help'])) }).toEqual({ path, ...QUIET });
    }
  }, 60_000);

  it.each([
    ['--version'],
    ['help pub'],
    ['completion zsh'],
    ['profiles'],
    ['info -p sim:'],
    ['info -p sim: --json'],
    ['info -p sim: --watch'],
    ['doctor -p sim:'],
    ['sim --tcp 0'],
    ['demo'],
  ])('ends `%s` without a word', async (line) => {
    const ended = await runForNobody(line.split(' '));
    // What is told beside the result is for another reader.
    expect({ ...ended, stderr: ended.stderr.match(/Error|EPIPE| at .*\.js/g) ?? '' }).toEqual(QUIET);
  });

  it('ends a console with lines on stdin without a word', async () => {
    expect(await runForNobody(['console', '-p', 'sim:'], 'AT+CSQ\nAT+CEREG?\n'.repeat(50))).toEqual(QUIET);
  });

  it('ends a replay without a word', async () => {
    const file = join(folder, 'trace');
    await runCli(['info', '-p', 'sim:', '--trace', file]);
    expect(await runForNobody(['replay', file])).toEqual(QUIET);
    expect(await runForNobody(['trace', file])).toEqual(QUIET);
  });
});

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  it.each([['--help'], ['pub --help'], ['completion bash'], ['info -p sim: --json']])(
    'is told where `%s` writes to',
    async (line) => {
      const full = await open('/dev/full', 'w');
      const child = spawn(process.execPath, [BIN, ...line.split(' ')], {
        stdio: ['ignore', full.fd, 'pipe'],
      });
      let stderr = '';
      child.stderr?.on('data', (chunk) => {
        stderr += chunk;
      });
      const [code] = await once(child, 'close');
      await full.close();
      expect(stderr).toContain('cannot write the output: no space left on device (ENOSPC)');
      expect(stderr).not.toMatch(/ at .*\.js/);
      expect(code).toBe(1);
    },
  );
});
