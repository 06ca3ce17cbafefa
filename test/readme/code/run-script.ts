import { expect } from 'vitest';
import { RunningProcess } from '../process.js';

export interface RunOptions {
  /** Ports, hosts and files of the block, and what takes their place here; each replaces its first occurrence. */
  readonly replace?: readonly (readonly [text: string, by: string])[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the file; gives its stdout. Fails unless it ends with 0, and silent on stderr. */
export async function runScript(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const running = new RunningProcess(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  const { code, stdout, stderr } = await running.ended();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
