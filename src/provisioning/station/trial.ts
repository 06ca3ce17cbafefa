import { ArgumentError } from '../../errors/kinds.js';
import type { FailureCode } from '../failures.js';
import type { Attempt } from '../ledger/attempt.js';
import type { Reservation } from '../ledger/ledger-types.js';
import { readImei } from './identify.js';
import { obtainTriple } from './obtain-triple.js';
import { keptLoginOptions, loginOptions, proveLogin } from './prove-login.js';
import { reasonOf, StationFailure } from './reasons.js';
import { otherModule, type UnitContext } from './unit-context.js';
import { provePersistence, writeTriple } from './write-triple.js';

/** Failures of which the module is innocent only if it is still there, and the same: without power it says nothing either. */
const OTHERS: readonly FailureCode[] = [
  'CLOUD_UNREACHABLE',
  'PROOF_FAILED',
  'REGISTRATION_FAILED',
  'MODULE_FAULT',
];

/** One attempt, from the reservation to `verified`. Throws why it failed; nothing is claimed then. */
export async function runTrial(context: UnitContext, attempt: Attempt, imei: string): Promise<void> {
  try {
    await takeSteps(context, attempt);
  } catch (error) {
    if (OTHERS.includes(reasonOf(error, context.phase).code)) await requireSameModule(context, imei);
    throw error;
  }
  await requireSameModule(context, imei);
  attempt.verified();
}

/** In the order in which it is safe: each step stands in the ledger before it is done. */
async function takeSteps(context: UnitContext, attempt: Attempt): Promise<void> {
  const { settings } = context;
  context.enter('reserving');
  const reservation = reserve(attempt);
  if (reservation === undefined) throw new StationFailure('POOL_EMPTY');
  context.changed({ deviceName: reservation.record.deviceName });
  const triple = await obtainTriple(context, attempt, reservation);
  if (settings.login.sign !== 'host') await writeTriple(context, attempt, triple);
  attempt.written();
  await proveLogin(context, attempt, triple, loginOptions(settings, triple));
  if (settings.provePersistent) {
    await provePersistence(context, attempt, triple, keptLoginOptions(settings, triple));
  }
}

/** Throws `POOL_EMPTY` also where the name that the cloud would know the module by is that of a triple of a file. */
function reserve(attempt: Attempt): Reservation | undefined {
  try {
    return attempt.reserve();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new StationFailure('POOL_EMPTY', `and it cannot be registered, ${error.message}`, { cause: error });
  }
}

async function requireSameModule(context: UnitContext, imei: string): Promise<void> {
  const found = await readImei(context);
  if (found === imei) return;
  throw otherModule(found);
}
