import { type ChildProcessWithoutNullStreams, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of its own, killed at the end of the test. */
export class RunningProcess {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #texts = { stdout: '', stderr: '' };
  readonly #closed: Promise<unknown>;

  constructor(file: string, args: readonly string[], options: Pick<SpawnOptions, 'cwd' | 'env'> = {}) {
    this.process = spawn(file, args, { ...options, stdio: 'pipe' });
    this.#closed = once(this.process, 'close');
    for (const name of ['stdout', 'stderr'] as const) {
      this.process[name].setEncoding('utf8').on('data', (text: string) => {
        this.#texts[name] += text;
      });
    }
    // It may end before it has read its input.
    this.process.stdin.on('error', () => {});
    onTestFinished(async () => {
      this.process.kill('SIGKILL');
      await this.#closed;
    });
  }

  /** Resolves as soon as the output, of both streams, shows it; rejects if the process ends without. */
  async shows(wanted: RegExp): Promise<void> {
    while (!wanted.test(this.#texts.stdout) && !wanted.test(this.#texts.stderr)) {
      if (this.process.exitCode !== null) throw new Error(`ended without ${wanted}: ${this.#texts.stderr}`);
      const { stdout, stderr } = this.process;
      await Promise.race([once(stdout, 'data'), once(stderr, 'data'), this.#closed]);
    }
  }

  async ended(): Promise<Ended> {
    await this.#closed;
    return { code: this.process.exitCode, ...this.#texts };
  }
}
