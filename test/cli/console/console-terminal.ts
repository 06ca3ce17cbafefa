import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect } from 'vitest';
import { openTerminal, type Terminal, type TerminalOptions } from '../../helpers/tmux.js';

export const BIN = fileURLToPath(new URL('../../../bin/atmqtt.js', import.meta.url));

/** Compares what `stty` says before and behind the command. */
const SHELL = 'stty -a > "$0/before"; "$@"; code=$?; stty -a > "$0/behind"; exit $code';

let folder = '';

/** A folder for one test; the console keeps its state in it. */
export function testFolder(): string {
  return folder;
}

const closers: (() => Promise<unknown>)[] = [];

/** Closes what a test opened. */
export function afterwards(close: () => Promise<unknown>): void {
  closers.push(close);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-console-'));
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

/** A console in a terminal, with its prompt on the screen. */
export async function consoleIn(
  to: readonly string[],
  options: Partial<TerminalOptions> = {},
): Promise<Terminal> {
  const terminal = await openTerminal(['sh', '-c', SHELL, folder, process.execPath, BIN, 'console', ...to], {
    columns: 100,
    rows: 40,
    ...options,
    environment: { XDG_STATE_HOME: folder, ...options.environment },
  });
  closers.push(() => terminal.close());
  await terminal.shows(/^at> *$/m);
  return terminal;
}

/** Presses keys, by the names that tmux has for them, or types text. */
export async function type(terminal: Terminal, ...keys: string[]): Promise<void> {
  for (const key of keys) await terminal.press(key);
}

/** Leaves, and proves that the terminal is as it was. */
export async function leavesSane(terminal: Terminal, key: string, code: number): Promise<void> {
  await terminal.press(key);
  expect(await terminal.exitCode()).toBe(code);
  const [before, behind] = await Promise.all(
    ['before', 'behind'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  expect(before).toMatch(/\bicanon\b/);
  expect(behind).toBe(before);
  expect(await terminal.cursorShown()).toBe(true);
}
