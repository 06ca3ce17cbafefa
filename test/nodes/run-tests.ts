import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ObtainedNode } from './obtain-node.js';
import { countsOf, type Outcome } from './outcome.js';

/** Runs the tests on this Node.js, which is also the one that everything they start finds by name. */
export async function runTests(
  { version, folder }: ObtainedNode,
  reports: string,
  paths: readonly string[],
): Promise<Outcome> {
  const report = join(reports, `report-${version}.json`);
  await rm(report, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/nodes/vitest.config.ts'];
  const tests = spawn(join(folder, 'node'), [...vitest, ...paths], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
      ATMQTT_NODES_REPORT: report,
    },
  });
  const [code, signal] = (await once(tests, 'exit')) as [number | null, string | null];
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined)
    return { version, problem: `the tests ended with ${code ?? signal}, and no report` };
  return { version, ...countsOf(text) };
}
