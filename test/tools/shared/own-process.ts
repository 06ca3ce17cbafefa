import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { endsWithUs } from '../../helpers/processes.js';

/** Runs a compiled file with the plan as JSON argument in a process of its own, which does not outlive this one. */
export function forkFile(file: URL, plan: unknown, flags: readonly string[] = []): ChildProcess {
  return endsWithUs(fork(file, [JSON.stringify(plan)], { execArgv: [...flags] }));
}

/** The next message of a process. Rejects if it ends before. */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const message = once(child, 'message', { signal });
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with code ${code} and sent nothing`);
  });
  // Whichever is late is nobody's any more.
  for (const promise of [message, gone]) promise.catch(() => {});
  try {
    const [first] = (await Promise.race([message, gone])) as [T];
    return first;
  } finally {
    over.abort();
  }
}

/** The first message of a file in a process of its own, which is ended then. */
export async function inOwnProcess<T>(file: URL, plan: unknown, flags: readonly string[] = []): Promise<T> {
  const child = forkFile(file, plan, flags);
  const answer = await messageOf<T>(child);
  child.kill();
  return answer;
}

/** The plan that this process was started with. */
export function planOfProcess<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
