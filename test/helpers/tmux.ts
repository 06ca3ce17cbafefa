import { type ChildProcessWithoutNullStreams, execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether `openTerminal` works here. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

if (!hasTmux) console.warn('SKIPPED: tests in a real terminal need tmux, which is not installed');

/** The screen is the command's alone. */
const SETTINGS = 'set -g status off\n';

/** Shows the exit code behind the command, and leaves the terminal as the command left it. */
const SHELL = 'trap : INT; "$@"; echo "exit $?"; exec cat';

/** A Ctrl-C that was echoed can stand in front of it. */
const ENDED = /exit (\d+)$/m;

const run = promisify(execFile);

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A command in a terminal of its own, held by a tmux server of its own. */
export class Terminal {
  readonly #server: string;
  readonly #folder: string;
  /** Tells of every output: tmux in control mode. */
  readonly #watcher: ChildProcessWithoutNullStreams;

  constructor(server: string, folder: string, watcher: ChildProcessWithoutNullStreams) {
    this.#server = server;
    this.#folder = folder;
    this.#watcher = watcher;
    watcher.stdin.on('error', () => {});
  }

  /** What is on the screen; with `escapes` its looks too. */
  screen({ escapes = false }: { readonly escapes?: boolean } = {}): Promise<string> {
    return this.#tmux('capture-pane', '-p', ...(escapes ? ['-e'] : []));
  }

  /** The screen as soon as it holds what is looked for. Rejects when the command has ended without that. */
  async shows(wanted: RegExp): Promise<string> {
    for (;;) {
      const output = once(this.#watcher.stdout, 'data');
      const screen = await this.screen();
      if (wanted.test(screen)) return screen;
      if (ENDED.test(screen)) throw new Error(`ended without ${wanted}:\n${screen}`);
      await output;
    }
  }

  /** The exit code of the command, as soon as it has ended. */
  async exitCode(): Promise<number> {
    const [, code] = ENDED.exec(await this.shows(ENDED)) ?? [];
    return Number(code);
  }

  /** Presses a key by the name that tmux has for it, e.g. `C-c`. */
  async press(key: string): Promise<void> {
    await this.#tmux('send-keys', key);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  async cursorShown(): Promise<boolean> {
    return (await this.#tmux('display-message', '-p', '#{cursor_flag}')).trim() === '1';
  }

  async close(): Promise<void> {
    await this.#tmux('kill-server');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #tmux(...args: string[]): Promise<string> {
    return (await run('tmux', ['-L', this.#server, ...args])).stdout;
  }
}

/** Starts the command in a fresh terminal. */
export async function openTerminal(
  command: readonly string[],
  { columns, rows, environment = {} }: TerminalOptions,
): Promise<Terminal> {
  const server = `atmqtt-${process.pid}-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-tmux-'));
  const settings = join(folder, 'settings');
  await writeFile(settings, SETTINGS);
  const size = ['-x', String(columns), '-y', String(rows)];
  const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const session = ['-L', server, '-f', settings, '-C', 'new-session', ...size, ...variables];
  const watcher = spawn('tmux', [...session, 'sh', '-c', SHELL, 'sh', ...command]);
  await once(watcher.stdout, 'data');
  return new Terminal(server, folder, watcher);
}
