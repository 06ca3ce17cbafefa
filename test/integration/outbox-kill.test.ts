import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src/util/random.js';
import { killRun } from './kill-run.js';

/** `npm run kill9` raises these. */
const LONG = process.env.KILL9_MESSAGES !== undefined;
const MESSAGES = Number(process.env.KILL9_MESSAGES ?? 200);
const KILLS = Number(process.env.KILL9_KILLS ?? 4);
const SEED = Number(process.env.KILL9_SEED ?? Date.now() % 100_000);

it(`nothing accepted is lost when the gateway is killed ${KILLS} times, seed ${SEED}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { arrived, duplicates, acceptedAtKill } = await killRun({
    file: join(folder, 'outbox.db'),
    messages: MESSAGES,
    kills: KILLS,
    random: seededRandom(SEED),
  });
  const numbers = Array.from({ length: MESSAGES }, (_, number) => number);
  for (const remainder of [0, 1, 2, 3]) {
    expect(arrived.get(`up/${remainder}`)).toEqual(numbers.filter((number) => number % 4 === remainder));
  }
  expect(acceptedAtKill).toHaveLength(KILLS);
  expect(acceptedAtKill.every((count) => count < MESSAGES)).toBe(true);
  if (LONG) console.info(`seed ${SEED}: killed at ${acceptedAtKill.join(', ')}; ${duplicates} duplicates`);
}, 120_000);
