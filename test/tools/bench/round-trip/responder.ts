import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endsWithUs } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import { type Summary, summarise } from '../../shared/statistics.js';

interface Responder {
  /** The path of the pseudo-terminal, or the TCP port. */
  readonly where: string;
  close(): void;
}

/** The same small process for every contender, each with one of its own. Rejects with `NotRun` without `python3`. */
export async function startResponder(...kind: ('pty' | 'echo' | 'tcp')[]): Promise<Responder> {
  const args = [inTools('bench/round-trip/responder.py'), ...kind];
  const child = endsWithUs(spawn('python3', args, { stdio: ['ignore', 'pipe', 'inherit'] }));
  return { where: await firstLine(child, 'python3'), close: () => child.kill() };
}

/** What a process says when it is ready. */
export function firstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', ({ message }) => reject(new NotRun(`${name} cannot be started: ${message}`)));
    child.once('exit', (code) => reject(new NotRun(`${name} ended with code ${code}`)));
    if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
  });
}

/** What a contender that is no JavaScript tells: its times and its CPU, in µs. */
export async function toldBy(child: ChildProcess, name: string): Promise<Summary> {
  const { times, cpu } = JSON.parse(await firstLine(child, name)) as { times: number[]; cpu: number };
  return summarise(times, cpu);
}
