import { existsSync, readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../examples/', import.meta.url);

/** Files that a reader may copy, each run by the test of the same name; by their text. */
export const EXAMPLES: ReadonlyMap<string, string> = new Map(
  readdirSync(FOLDER)
    .filter((name) => !name.endsWith('.ts'))
    .map((name) => [readFileSync(new URL(name, FOLDER), 'utf8'), name]),
);

/** The test that runs an example: `chat-server.js` is part of `chat`. */
export function testOf(example: string): string | undefined {
  const name = example.replace(/\..*$/, '');
  const candidates = [name, name.replace(/-[^-]*$/, '')];
  return candidates
    .map((candidate) => `${candidate}.test.ts`)
    .find((test) => existsSync(new URL(test, FOLDER)));
}
