import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Runs a compiled file with the plan as JSON argument in a process of its own; gives what it sends. */
export async function inOwnProcess<T>(file: URL, plan: unknown, flags: readonly string[] = []): Promise<T> {
  const child = fork(file, [JSON.stringify(plan)], { execArgv: [...flags] });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${file.pathname} ended with code ${code} and told nothing`);
  });
  const [answer] = (await Promise.race([once(child, 'message'), gone])) as [T];
  gone.catch(() => {});
  child.kill();
  return answer;
}

/** The plan that this process was started with. */
export function planOfProcess<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
