import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limited } from './limited.js';

const running = new Set<ChildProcess>();
const folders = new Set<string>();

// Whatever ends the runner ends its children: a broker that stays keeps its port.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  // A process that was killed may write its last file meanwhile.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

/** A folder for files of a run; it goes with the runner. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  folders.add(folder);
  return folder;
}

/** Where Debian puts the broker is not in the search path of every user. */
export const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** A process that does not outlive this one. */
export function endsWithUs<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Starts a process that does not outlive the runner. Rejects if it cannot be started. */
export async function start(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<ChildProcess> {
  const child = endsWithUs(spawn(command, args, { env: ENV, ...options }));
  await once(child, 'spawn');
  return child;
}

/** Ends a process, with force if it does not go by itself; resolves when it is gone and its pipes are read. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (!running.has(child)) return;
  const gone = once(child, 'close');
  child.kill(signal);
  const limit = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(limit);
}

/** What a process with pipes has said once it says the text; rejects if it ends before, or takes longer, in ms. */
export async function untilSaid(child: ChildProcess, text: string, ms: number): Promise<string> {
  let said = '';
  const heard = new Promise<void>((resolve) => {
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        if (said.includes(text)) return;
        said += chunk;
        if (said.includes(text)) resolve();
      });
    }
  });
  const ended = once(child, 'close').then(() => Promise.reject(new Error('it has ended')));
  try {
    await limited(Promise.race([heard, ended]), ms, `"${text}"`);
  } catch (error) {
    throw new Error(`${child.spawnfile} did not start: ${error}\n${said.slice(-2000)}`);
  }
  return said;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a process to its end. */
export async function run(
  command: string,
  args: readonly string[],
  { input, ...options }: SpawnOptions & { readonly input?: Buffer | string } = {},
): Promise<Finished> {
  const child = await start(command, args, { stdio: 'pipe', ...options });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Whether a program is there. */
export async function has(command: string, args: readonly string[]): Promise<boolean> {
  try {
    const { code } = await run(command, args);
    return code !== null && code !== 127;
  } catch {
    return false;
  }
}
