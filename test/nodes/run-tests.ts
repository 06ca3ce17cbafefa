import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ObtainedNode } from './obtain-node.js';
import { countsOf, type Outcome } from './outcome.js';

/** Runs the tests on this Node.js, which is also the one that everything they start finds by name. */
export async function runTests(
  node: ObtainedNode,
  reports: string,
  paths: readonly string[],
): Promise<Outcome> {
  const { version } = node;
  const report = join(reports, `report-${version}.json`);
  await rm(report, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/nodes/vitest.config.ts'];
  const ended = await runOn(node, [...vitest, ...paths], { ATMQTT_NODES_REPORT: report });
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { version, problem: `the tests ended with ${ended}, and no report` };
  return { version, ...countsOf(text) };
}

/** Those that start at once: which one it is matters little to a version of Node.js. */
const BROKERS = ['aedes', 'mosquitto', 'mosca'] as const;

/** Runs these rows of the interop, which has to be compiled, with these brokers. */
export async function runInterop(node: ObtainedNode, features: readonly string[]): Promise<Outcome> {
  const rows = features.flatMap((feature) => ['--feature', feature]);
  const args = [...rows, ...BROKERS.flatMap((broker) => ['--broker', broker])];
  const ended = await runOn(node, ['.interop/test/interop/main.js', ...args]);
  const title = `interop ${features.join(', ')}`;
  return ended === 0
    ? { version: node.version, title, passed: features.length, failed: 0 }
    : { version: node.version, title, problem: `it ended with ${ended}` };
}

/** The exit code, or the signal. */
async function runOn(
  { folder }: ObtainedNode,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number | string | null> {
  const child = spawn(join(folder, 'node'), args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`, ...variables },
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? signal;
}
