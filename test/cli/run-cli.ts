import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

if (!existsSync(`${ROOT}dist/cli/main.js`)) {
  throw new Error('dist/ is missing: these tests run bin/atmqtt.js, so run `npm run build` first');
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A running `node bin/atmqtt.js`. */
export class RunningCli {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #chunks: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
  readonly #closed: Promise<unknown>;

  constructor(args: readonly string[], environment: Readonly<Record<string, string>>) {
    this.process = spawn(process.execPath, ['bin/atmqtt.js', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    this.#closed = once(this.process, 'close');
    for (const name of ['stdout', 'stderr'] as const) {
      this.process[name].on('data', (chunk: Buffer) => this.#chunks[name].push(chunk));
    }
    // The command may end before it has read its input.
    this.process.stdin.on('error', () => {});
  }

  text(name: 'stdout' | 'stderr'): string {
    return Buffer.concat(this.#chunks[name]).toString();
  }

  /** The text of the stream as soon as it holds what is looked for. */
  async shows(name: 'stdout' | 'stderr', wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = wanted.exec(this.text(name));
      if (found !== null) return found;
      if (this.process.exitCode !== null) throw new Error(`ended without ${wanted}: ${this.text('stderr')}`);
      await Promise.race([once(this.process[name], 'data'), this.#closed]);
    }
  }

  async finished(): Promise<Finished> {
    await this.#closed;
    return {
      code: this.process.exitCode,
      stdout: Buffer.concat(this.#chunks.stdout),
      stderr: this.text('stderr'),
    };
  }
}

/** Starts the command; its stdin stays open. */
export function startCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCli {
  return new RunningCli(args, environment);
}

/** Runs the command to its end. */
export function runCli(
  args: readonly string[],
  { input = '', environment = {} }: { input?: string | Buffer; environment?: Record<string, string> } = {},
): Promise<Finished> {
  const running = startCli(args, environment);
  running.process.stdin.end(input);
  return running.finished();
}
