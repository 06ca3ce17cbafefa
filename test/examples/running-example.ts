import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

if (!existsSync(new URL('../../dist/index.js', import.meta.url))) {
  throw new Error('dist/ is missing: the examples import atmqtt, so run `npm run build` first');
}

/** An example as a process of its own, started as its first line says; killed at the end of the test. */
export class RunningExample {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #texts = { stdout: '', stderr: '' };
  readonly #closed: Promise<unknown>;

  constructor(name: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const path = fileURLToPath(new URL(name, import.meta.url));
    this.process = spawn(process.execPath, [path, ...args], {
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    this.#closed = once(this.process, 'close');
    for (const stream of ['stdout', 'stderr'] as const) {
      this.process[stream].on('data', (chunk: Buffer) => {
        this.#texts[stream] += chunk;
      });
    }
    this.process.stdin.on('error', () => {});
    onTestFinished(() => this.kill());
  }

  get stdout(): string {
    return this.#texts.stdout;
  }

  get stderr(): string {
    return this.#texts.stderr;
  }

  /** Resolves with the match as soon as the stream has shown it; rejects if the process ends without. */
  async shows(stream: 'stdout' | 'stderr', wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = wanted.exec(this.#texts[stream]);
      if (found !== null) return found;
      if (this.process.exitCode !== null) throw new Error(`ended without ${wanted}: ${this.stderr}`);
      await Promise.race([once(this.process[stream], 'data'), this.#closed]);
    }
  }

  /** SIGKILL: no farewell to anybody. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.#closed;
  }

  /** SIGTERM, as a service is stopped. Resolves with the exit code. */
  terminate(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return this.ended();
  }

  /** Resolves with the exit code; null if a signal ended it. */
  async ended(): Promise<number | null> {
    await this.#closed;
    return this.process.exitCode;
  }
}
