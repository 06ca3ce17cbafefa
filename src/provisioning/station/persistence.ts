import type { DeviceTriple } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import type { Attempt } from '../ledger/attempt.js';
import { type LoginOptions, proveLogin } from './prove-login.js';
import { StationFailure } from './station-failure.js';
import type { UnitContext } from './unit-context.js';
import { readTriple, same } from './write-triple.js';

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
