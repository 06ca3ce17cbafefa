import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { obtainNode } from './obtain-node.js';
import { isGood, linesOf, type Outcome } from './outcome.js';
import { runTests } from './run-tests.js';

/** Git-ignored; outlives `npm ci`. */
const CACHE = resolve('.nodes');

/** The oldest that is supported, and the ones with long-term support. */
const MAJORS = ['20', '22', '24'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true, default: MAJORS } },
});

const majors = values.node.map(Number);
if (!majors.every((major) => Number.isInteger(major) && major > 0)) {
  console.error('npm run test:nodes -- [--node <major version>]… [<path of tests>]…');
  process.exit(2);
}

async function testOn(major: number): Promise<Outcome> {
  try {
    const node = obtainNode(major, CACHE);
    console.log(`\nNode ${node.version}`);
    return await runTests(node, CACHE, positionals);
  } catch (error) {
    return { version: String(major), problem: `it could not be had: ${(error as Error).message}` };
  }
}

const outcomes: Outcome[] = [];
for (const major of majors) outcomes.push(await testOn(major));
console.log(`\n${outcomes.flatMap(linesOf).join('\n')}`);
process.exitCode = outcomes.every(isGood) ? 0 : 1;
