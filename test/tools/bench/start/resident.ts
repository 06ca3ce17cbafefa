import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inProject } from '../../shared/project.js';
import { median } from '../../shared/statistics.js';

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
    cwd: inProject(''),
  });
  return Number(stdout) / 1e6;
}
