import { buildPackage } from '../shared/npm.js';
import { inProject } from '../shared/project.js';
import { NEWEST, type NodesOptions } from './command.js';
import { type ObtainedNode, obtainNewest, obtainNode } from './obtain-node.js';
import { isGood, linesOf, type Outcome } from './outcome.js';
import { runInterop, runTests } from './run-tests.js';

/** Git-ignored; outlives `npm ci`. */
const CACHE = inProject('.tools/nodes');

/** Runs the tests on each version, and the row of the interop that has the module on a serial port; false if any fail. */
export async function run({ node: versions }: NodesOptions, paths: readonly string[]): Promise<boolean> {
  await buildPackage();
  const outcomes: Outcome[] = [];
  const done = new Set<string>();
  for (const wanted of versions) {
    let node: ObtainedNode;
    try {
      node = wanted === NEWEST ? obtainNewest(CACHE) : obtainNode(Number(wanted), CACHE);
    } catch (error) {
      const problem = `it could not be obtained: ${(error as Error).message}`;
      outcomes.push({ version: wanted, problem });
      continue;
    }
    if (done.has(node.version)) {
      console.log(`\nNode ${node.version} is the newest, and done`);
      continue;
    }
    done.add(node.version);
    console.log(`\nNode ${node.version}`);
    outcomes.push(await runTests(node, CACHE, paths), await runInterop(node, ['pty']));
  }
  console.log(`\n${outcomes.flatMap(linesOf).join('\n')}`);
  return outcomes.every(isGood);
}
