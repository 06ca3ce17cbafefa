import { attemptWithin } from '../../client/attempt.js';
import type { Client } from '../../client/client.js';
import { connect } from '../../client/connect.js';
import type { ConnectOptions } from '../../client/options.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Attempt } from '../ledger/attempt.js';
import { proofTopics, prove } from './proof.js';
import { StationFailure } from './station-failure.js';
import type { UnitContext } from './unit-context.js';

/** Sessions that may be lost in one attempt until another device is suspected: a second login throws out the first. */
const MAX_LOSSES = 2;

/** How the module logs in. */
export type LoginOptions = Omit<ConnectOptions, 'signal' | 'reconnectPeriod'>;

/**
 * Logs in, proves the session with a message there and back, and logs out. A session that the cloud ends is opened once
 * more; when that one is ended too, another device may be using the triple.
 */
export async function proveLogin(
  context: UnitContext,
  attempt: Attempt,
  triple: DeviceTriple,
  options: LoginOptions,
): Promise<void> {
  for (let losses = 1; ; losses += 1) {
    try {
      await logInAndOut(context, attempt, triple, options);
      return;
    } catch (error) {
      if (!(error instanceof ModemError) || error.code !== 'SESSION_LOST') throw error;
      if (losses === MAX_LOSSES) throw new StationFailure('TRIPLE_IN_USE', error.message, { cause: error });
    }
  }
}

async function logInAndOut(
  context: UnitContext,
  attempt: Attempt,
  triple: DeviceTriple,
  options: LoginOptions,
): Promise<void> {
  const { modem, guard, settings } = context;
  const { signal } = guard;
  const topics = proofTopics(triple, settings.proofTopic);
  context.enter('connecting');
  const client = await attempt.step('connect', () =>
    connect(modem, { ...options, reconnectPeriod: 0, signal }),
  );
  const onProof = (stop: AbortSignal) => prove(client, topics, stop);
  try {
    context.enter('proving');
    await attempt.step(
      'prove',
      () => attemptWithin('proof', settings.proofTimeout, signal, onProof),
      topics.request,
    );
  } catch (error) {
    await client.end({ force: true });
    throw error;
  }
  context.enter('disconnecting');
  await attempt.step('disconnect', () => logOut(client, context));
}

/** `end` never rejects: whether the module is still there is asked behind it. */
async function logOut(client: Client, { guard }: UnitContext): Promise<void> {
  await client.end({ force: true });
  if (guard.lost !== undefined) throw guard.lost;
}
