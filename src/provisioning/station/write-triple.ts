import type { DeviceTriple } from '../../dialects/dialect.js';
import { clearAway } from '../../dialects/lmqtt/clear-away.js';
import { dialectNamed } from '../../dialects/registry.js';
import { CommandError } from '../../errors/kinds.js';
import type { Attempt } from '../ledger/attempt.js';
import { StationFailure } from './station-failure.js';
import type { UnitContext } from './unit-context.js';

/** The AT command set of the modules; the only one so far, as `clearAway` is. */
const { triples } = dialectNamed('lmqtt');

/** Writes the triple into the module, reads it back and compares. */
export async function writeTriple(
  context: UnitContext,
  attempt: Attempt,
  triple: DeviceTriple,
): Promise<void> {
  const { modem, guard } = context;
  const { signal } = guard;
  context.enter('writing');
  await attempt.step('write', async () => {
    try {
      await triples.write(modem, triple, { signal });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // A session that an earlier station left open stands in the way: lmqtt.md 2 [M].
      await clearAway(modem, { signal });
      await triples.write(modem, triple, { signal });
    }
  });
  await attempt.step('read-back', async () => {
    if (same(await readTriple(context), triple, 'READ_BACK_DIFFERS')) return;
    if (context.settings.requireReadBack) throw new StationFailure('READ_BACK_MISSING');
    context.note('the module does not tell its triple; the login alone proves it');
  });
}

/** The triple in the module, or undefined if it does not tell. */
export function readTriple({ modem, guard }: UnitContext): Promise<DeviceTriple | undefined> {
  return triples.read(modem, { signal: guard.signal });
}

/** Whether the module has told the triple; throws the failure if it has told another one. */
export function same(
  found: DeviceTriple | undefined,
  triple: DeviceTriple,
  failure: 'READ_BACK_DIFFERS' | 'NOT_PERSISTENT',
): boolean {
  if (found === undefined) return false;
  const fields = ['productKey', 'deviceName', 'deviceSecret'] as const;
  const others = fields.filter((field) => found[field] !== triple[field]);
  if (others.length === 0) return true;
  throw new StationFailure(failure, `${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} another`);
}
