import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ObtainedNode, obtainNewest, obtainNode } from './obtain-node.js';
import { isGood, linesOf, type Outcome } from './outcome.js';
import { runInterop, runTests } from './run-tests.js';

/** Git-ignored; outlives `npm ci`. */
const CACHE = resolve('.nodes');

/** The newest that is published, whatever it is: what users have before anybody has thought of it. */
const NEWEST = 'newest';

/** The oldest that is supported, the ones with long-term support, the current one. */
const WANTED = ['20', '22', '24', '26', NEWEST];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true, default: WANTED } },
});

if (!values.node.every((wanted) => wanted === NEWEST || /^[1-9]\d*$/.test(wanted))) {
  console.error('npm run test:nodes -- [--node <major version>|newest]… [<path of tests>]…');
  process.exit(2);
}

const outcomes: Outcome[] = [];
const done = new Set<string>();

/** The tests that were asked for, then the row of the interop that has the module on a serial port. */
async function testOn(node: ObtainedNode): Promise<void> {
  console.log(`\nNode ${node.version}`);
  outcomes.push(await runTests(node, CACHE, positionals));
  outcomes.push(await runInterop(node, ['pty']));
}

for (const wanted of values.node) {
  let node: ObtainedNode;
  try {
    node = wanted === NEWEST ? obtainNewest(CACHE) : obtainNode(Number(wanted), CACHE);
  } catch (error) {
    const problem = `it could not be obtained: ${(error as Error).message}`;
    outcomes.push({ version: wanted, problem });
    continue;
  }
  if (done.has(node.version)) console.log(`\nNode ${node.version} is the newest, and done`);
  else await testOn(node);
  done.add(node.version);
}
console.log(`\n${outcomes.flatMap(linesOf).join('\n')}`);
process.exitCode = outcomes.every(isGood) ? 0 : 1;
