import { join } from 'node:path';
import { seededRandom } from '../../../src/util/random.js';
import { temporaryFolder } from '../../helpers/processes.js';
import { buildPackage } from '../shared/npm.js';
import type { Kill9Options } from './command.js';
import { type KillResult, killRun } from './kill-run.js';

/** Prints when the gateway was killed, and what was lost or out of order; false if anything was. */
export async function run({ messages, kills, seed }: Kill9Options): Promise<boolean> {
  await buildPackage();
  const folder = await temporaryFolder();
  const result = await killRun({
    ...{ file: join(folder, 'outbox.db'), messages, kills },
    random: seededRandom(seed),
  });
  const wrong = wrongIn(result, messages);
  console.log(`seed ${seed}: killed at ${result.acceptedAtKill.join(', ')}; ${result.duplicates} duplicates`);
  for (const line of wrong) console.log(`  ${line}`);
  return wrong.length === 0;
}

/** The numbers go round four topics; on each they have to arrive once, in order. */
function wrongIn({ arrived }: KillResult, messages: number): string[] {
  return [0, 1, 2, 3].flatMap((remainder) => {
    const topic = `up/${remainder}`;
    const numbers = arrived.get(topic) ?? [];
    const wanted = Array.from({ length: messages }, (_, number) => number).filter((n) => n % 4 === remainder);
    const lost = wanted.filter((number) => !numbers.includes(number));
    if (lost.length > 0) return [`${topic}: ${lost.join(', ')} lost`];
    return numbers.every((number, index) => number === wanted[index]) ? [] : [`${topic}: not in order`];
  });
}
