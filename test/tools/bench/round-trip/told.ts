import type { ChildProcess } from 'node:child_process';
import { type Summary, summarise } from '../statistics.js';
import { firstLine } from './responder.js';

/** What a contender that is no JavaScript tells: its times and its CPU, in µs. */
export async function toldBy(child: ChildProcess, name: string): Promise<Summary> {
  const { times, cpu } = JSON.parse(await firstLine(child, name)) as { times: number[]; cpu: number };
  return summarise(times, cpu);
}
