import { runVitest } from '../shared/run-node.js';

/** Runs the checks; false if one fails. */
export async function run(): Promise<boolean> {
  return (await runVitest('test/tools/package/vitest.config.ts')) === 0;
}
