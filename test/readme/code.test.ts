import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { BLOCKS, type Block, placeOf } from './blocks.js';
import { EXAMPLES, testOf } from './code/examples.js';
import { HARNESSES } from './code/harnesses.js';
import { runScript } from './code/run-script.js';
import { Workspace } from './code/workspace.js';
import { kindOf } from './languages.js';

interface Sample {
  readonly block: Block;
  readonly place: string;
  /** Of the module in the workspace. */
  readonly name: string;
}

const samples: Sample[] = BLOCKS.filter((block) => kindOf(block) === 'code')
  .filter(({ text }) => !EXAMPLES.has(text))
  .map((block) => ({ block, place: placeOf(block), name: `line-${block.line}` }));

const titled = samples.map((sample) => [sample.place, sample] as const);

const recipes = BLOCKS.flatMap(({ text }) => EXAMPLES.get(text) ?? []);

const harnessesOf = ({ text }: Block) => HARNESSES.filter(({ holds }) => text.includes(holds));

/** The block between what its harness puts around it. */
function moduleOf({ block }: Sample): string {
  const [harness] = harnessesOf(block);
  return `${harness?.before ?? ''}${block.text}${harness?.after ?? ''}`;
}

const workspace = new Workspace(new Map(samples.map((sample) => [sample.name, moduleOf(sample)])));
afterAll(() => workspace.remove());
const complaints = workspace.compile();

describe('a block of code in the README', () => {
  it.each(titled)('is run by one harness: %s', (_place, { block }) => {
    expect(harnessesOf(block).map(({ holds }) => holds)).toHaveLength(1);
  });

  it.each(HARNESSES)('is there for the harness of $holds', ({ holds }) => {
    expect(samples.filter(({ block }) => block.text.includes(holds))).toHaveLength(1);
  });

  it.each(titled)('satisfies the compiler of a strict user: %s', (_place, { name }) => {
    expect(complaints.get(name) ?? []).toEqual([]);
  });

  it.each(titled)('does what it says: %s', async (_place, { block, name }) => {
    for (const { run } of harnessesOf(block)) {
      await run(({ replace = [], environment = {} }) =>
        runScript(workspace.script(name, replace), environment),
      );
    }
  });

  it.skipIf(recipes.length === 0).each(recipes)('has a test if it is the example %s', (example) => {
    const test = testOf(example);
    expect(test).toBeDefined();
    expect(readFileSync(new URL(`../examples/${test}`, import.meta.url), 'utf8')).toContain(`'${example}'`);
  });
});
