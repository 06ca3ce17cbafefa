import type { DeviceTriple, TripleStore } from '../../dialects/dialect.js';
import { findDialect } from '../../dialects/find.js';
import { CommandError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import type { Attempt } from '../ledger/attempt.js';
import { type LoginOptions, proveLogin } from './prove-login.js';
import { StationFailure } from './reasons.js';
import type { UnitContext } from './unit-context.js';

/** Writes the triple into the module, reads it back and compares. */
export async function writeTriple(
  context: UnitContext,
  attempt: Attempt,
  triple: DeviceTriple,
): Promise<void> {
  const { modem, guard } = context;
  const { signal } = guard;
  const triples = await storeOf(context);
  context.enter('writing');
  await attempt.step('write', async () => {
    try {
      await triples.write(modem, triple, { signal });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // A session that an earlier station left open stands in the way: lmqtt.md 2 [M].
      await triples.clearAway(modem, { signal });
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
async function readTriple(context: UnitContext): Promise<DeviceTriple | undefined> {
  const { modem, guard } = context;
  return (await storeOf(context)).read(modem, { signal: guard.signal });
}

/** Where the modules of this profile keep a triple. Throws `UNSUPPORTED` for those that keep none. */
async function storeOf({ settings }: UnitContext): Promise<TripleStore> {
  const { triples } = await findDialect(settings).entry.driver();
  if (triples !== undefined) return triples;
  throw new ModemError('UNSUPPORTED', `modules of the profile ${settings.profile} do not store a triple`);
}

/** Whether the module has told the triple; throws the failure if it has told another one. */
function same(
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

/** ms in which a module must be back after its reset. */
const RESTART_LIMIT = 60_000;

/**
 * Restarts the module and lets it log in with what it has kept; nothing is written. A module that does not tell its
 * triple may prove by the login that it has it.
 */
export async function provePersistence(
  context: UnitContext,
  attempt: Attempt,
  triple: DeviceTriple,
  kept: LoginOptions,
): Promise<void> {
  context.enter('persistence');
  await attempt.step('reset', () => context.guard.duringRestart(() => restart(context)));
  await attempt.step('read-kept', async () => {
    same(await readTriple(context), triple, 'NOT_PERSISTENT');
  });
  try {
    await proveLogin(context, attempt, triple, kept);
  } catch (error) {
    // The login with the written triple worked a moment ago.
    if (!(error instanceof ModemError) || error.code !== 'CONNECT_REFUSED') throw error;
    throw new StationFailure('NOT_PERSISTENT', error.message, { cause: error });
  }
}

/** Where the module is the USB device itself, its port vanishes with it and returns. */
async function restart({ modem, settings, guard }: UnitContext): Promise<void> {
  const limit = AbortSignal.timeout(RESTART_LIMIT);
  const signal = AbortSignal.any([guard.signal, limit]);
  try {
    await modem.reset({ signal }).catch(unlessPortLost);
    while (modem.closed && !signal.aborted) {
      await delay(settings.pollInterval, signal);
      await modem.reopen({ signal }).catch(() => {});
    }
  } catch (error) {
    throw limit.aborted ? lateError() : error;
  }
  if (limit.aborted) throw lateError();
}

function unlessPortLost(error: unknown): void {
  if (!(error instanceof ModemError) || error.code !== 'PORT_CLOSED') throw error;
}

function lateError(): ModemError {
  return new ModemError('NOT_RESPONDING', `the module was not back ${RESTART_LIMIT} ms after its reset`);
}
