import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs until it is ended. */
export interface Daemon {
  /** What it has printed. */
  readonly output: string;
  /** Resolves when it has printed this; rejects when it ends without. */
  printed(pattern: RegExp): Promise<void>;
  /** Ends it with SIGTERM, if it runs still; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a program in the foreground. */
export function startDaemon(
  command: string,
  args: readonly string[],
  { env }: Pick<SpawnOptions, 'env'> = {},
): Daemon {
  const child = spawn(command, args, { env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'close');
  let output = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
      heard();
    });
  }
  let ended = false;
  const note = () => {
    ended = true;
    heard();
  };
  exited.then(note, note);
  return {
    get output() {
      return output;
    },
    async printed(pattern) {
      while (!pattern.test(output)) {
        if (ended) throw new Error(`${command} ended: ${output}`);
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
    async stop() {
      child.kill();
      await exited.catch(() => {});
    },
  };
}
