import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inProject } from '../../shared/project.js';
import { median } from '../../shared/statistics.js';

/** ms. */
export interface Times {
  readonly wall: number;
  /** Of the process and its threads, in user and system mode. */
  readonly cpu: number;
}

/** The shell's own `time`: Node does not tell what a child has used. */
const TIME = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null </dev/null';

/** Runs the command in the root of the package. Rejects if it fails. */
export async function timed(command: readonly string[]): Promise<Times> {
  const { stderr } = await promisify(execFile)('bash', ['-c', TIME, 'bash', ...command], {
    cwd: inProject(),
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr
    .trim()
    .split(' ')
    .map((seconds) => Number(seconds) * 1000);
  return { wall, cpu: user + system };
}

const ROUNDS = 5;

/** Resident memory of a program, an ES module, at its end, in MB; the median of several runs. */
export async function residentOf(program: string): Promise<number> {
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await resident(program));
  return median(runs);
}

async function resident(program: string): Promise<number> {
  const told = `${program}; process.stdout.write(String(process.memoryUsage.rss()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', told], {
    cwd: inProject(),
  });
  return Number(stdout) / 1e6;
}
