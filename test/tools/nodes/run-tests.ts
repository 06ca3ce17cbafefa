import { readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inProject } from '../shared/project.js';
import { runNode, runVitest } from '../shared/run-node.js';
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
  const config = 'test/tools/nodes/vitest.config.ts';
  const ended = await runVitest(config, paths, on(node, { ATMQTT_NODES_REPORT: report }));
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { version, problem: `the tests ended with ${ended}, and no report` };
  return { version, ...countsOf(text) };
}

/** Those that start at once: which one it is matters little to a version of Node.js. */
const BROKERS = ['aedes', 'mosquitto', 'mosca'] as const;

/** Runs these rows of the interop, with these brokers. */
export async function runInterop(node: ObtainedNode, features: readonly string[]): Promise<Outcome> {
  const rows = features.flatMap((feature) => ['--feature', feature]);
  const args = [...rows, ...BROKERS.flatMap((broker) => ['--broker', broker])];
  const ended = await runNode([inProject('.tools/test/tools/main.js'), 'interop', ...args], on(node));
  const title = `interop ${features.join(', ')}`;
  return ended === 0
    ? { version: node.version, title, passed: features.length, failed: 0 }
    : { version: node.version, title, problem: `it ended with ${ended}` };
}

/** How a program is run on it, so that everything which that starts finds it by name too. */
function on({ folder }: ObtainedNode, variables: Readonly<Record<string, string>> = {}) {
  const PATH = `${folder}${delimiter}${process.env.PATH ?? ''}`;
  return { node: join(folder, 'node'), env: { ...process.env, PATH, ...variables } };
}
