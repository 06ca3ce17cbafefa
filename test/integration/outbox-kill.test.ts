import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src/util/random.js';
import { killRun } from '../tools/kill9/kill-run.js';

// The long run is `npm run tool -- kill9`.
const MESSAGES = 200;
const KILLS = 4;
const SEED = Date.now() % 100_000;

it(`nothing accepted is lost when the gateway is killed ${KILLS} times, seed ${SEED}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { arrived, acceptedAtKill } = await killRun({
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
}, 120_000);
