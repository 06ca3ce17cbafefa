import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { formatTrace } from '../../../src/transport/trace.js';
import { aBroker, aFolder, aModule, BROKER } from '../../examples/far-side.js';
import type { Harness } from './harness.js';

const SESSION = { broker: BROKER, clientId: 'meter-7' };

/** The trace of a client that comes and goes. */
async function recording(): Promise<string> {
  const file = join(await aFolder(), 'bug.trace');
  const { url } = await aModule((await aBroker()).url);
  const lines: string[] = [];
  const client = await connect(url, { ...SESSION, trace: (entry) => lines.push(formatTrace(entry)) });
  await client.end();
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Blocks that start the simulated module, or a recording in its place. */
export const SIMULATOR_HARNESSES: readonly Harness[] = [
  {
    holds: 'expect(player.mismatches).toEqual([]);',
    before:
      "import assert from 'node:assert/strict';\n" +
      'const expect = (value: unknown) => ({ toEqual: (other: unknown) => assert.deepEqual(value, other) });\n' +
      `const options = ${JSON.stringify(SESSION)};\n`,
    after: 'console.log(player.progress.played === player.progress.total);\n',
    async run(run) {
      expect(await run({ replace: [['bug.trace', await recording()]] })).toBe('true\n');
    },
  },
  {
    holds: 'latency: { roundTrip: 500, jitter: 100 }',
    async run(run) {
      await run({ replace: [['mqtt://127.0.0.1:1883', (await aBroker()).url]] });
    },
  },
  {
    holds: "cloud.events.on('login',",
    // Nobody logs in before the block closes its cloud, so nothing is told.
    async run(run) {
      expect(await run({})).toBe('');
    },
  },
];
