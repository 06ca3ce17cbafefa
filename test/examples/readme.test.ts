import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const HERE = new URL('./', import.meta.url);
const readme = readFileSync(process.env.RECIPES ?? new URL('../../README.md', HERE), 'utf8');

/** What a reader is to copy; the rest of the folder are tests. */
const EXAMPLES = readdirSync(HERE).filter((name) => !name.endsWith('.ts'));

const BLOCK = /^<!-- test\/examples\/(\S+) -->\n```\w+\n(.*?)^```$/gms;
const blocks = new Map(Array.from(readme.matchAll(BLOCK), ([, name = '', text = '']) => [name, text]));

// Skipped, and counted as such, as long as the README has no recipes.
describe.runIf(readme.includes('\n## Recipes\n') || readme.startsWith('## Recipes\n'))('the recipes', () => {
  it.each(EXAMPLES)('show %s as it is tested', (name) => {
    expect(blocks.get(name)).toBe(readFileSync(new URL(name, HERE), 'utf8'));
  });

  it('show nothing else', () => {
    expect([...blocks.keys()].toSorted()).toEqual(EXAMPLES.toSorted());
  });
});
