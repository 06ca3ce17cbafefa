import { randomInt } from 'node:crypto';
import { attemptWithin } from '../../client/attempt.js';
import type { Client } from '../../client/client.js';
import { connect } from '../../client/connect.js';
import type { ConnectOptions } from '../../client/options.js';
import { aliyunConnectOptions } from '../../cloud/aliyun/connect-options.js';
import { formatTimeRequest, parseSendTime, timeTopics } from '../../cloud/aliyun/wire/topics.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import { untilAborted } from '../../modem/until-aborted.js';
import { deferred } from '../../util/deferred.js';
import type { Attempt } from '../ledger/attempt.js';
import { StationFailure } from './reasons.js';
import type { StationSettings } from './station-options.js';
import type { UnitContext } from './unit-context.js';

/** How the module logs in. */
export type LoginOptions = Omit<ConnectOptions, 'signal' | 'reconnectPeriod'>;

/** How a module logs in with its triple. */
export function loginOptions(
  { login, profile, connectTimeout, networkTimeout }: StationSettings,
  triple: DeviceTriple,
): LoginOptions {
  return {
    ...aliyunConnectOptions(triple, login),
    ...{ profile, connectTimeout, registrationTimeout: networkTimeout },
  };
}

/** The same with what the module has kept: nothing but the part of the client id that is signed is told to it. */
export function keptLoginOptions(settings: StationSettings, triple: DeviceTriple): LoginOptions {
  const { triple: _, ...options } = loginOptions(settings, triple);
  return { ...options, keepTriple: true };
}

/** Throws an `ArgumentError` for a login that no triple could use. */
export function checkLogin({ login }: StationSettings): void {
  aliyunConnectOptions({ productKey: 'any', deviceName: 'anyone', deviceSecret: 'any' }, login);
}

/** Sessions that may be lost in one attempt until another device is suspected: a second login throws out the first. */
const MAX_LOSSES = 2;

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

/** Where the question goes and the answer comes. */
interface ProofTopics {
  readonly request: string;
  readonly response: string;
}

/** Those of the cloud's time service, or of a topic of one's own, which gives back what is published to it. */
function proofTopics(triple: DeviceTriple, own: string | undefined): ProofTopics {
  if (own === undefined) return timeTopics(triple);
  const topic = own
    .replaceAll('{productKey}', triple.productKey)
    .replaceAll('{deviceName}', triple.deviceName);
  return { request: topic, response: topic };
}

/**
 * Asks with a number that nobody has used before, and resolves when the answer brings it back: up and down through
 * this session. Rejects with why the session ended or the request failed, and with `ABORTED`.
 */
async function prove(client: Client, topics: ProofTopics, signal: AbortSignal): Promise<void> {
  const nonce = freshNonce();
  const answered = deferred<void>();
  const onMessage = (topic: string, payload: Buffer) => {
    if (topic === topics.response && parseSendTime(payload) === nonce) answered.resolve();
  };
  const onLost = (error: ModemError) => answered.reject(error);
  // Nobody may be waiting yet when it rejects.
  answered.promise.catch(() => {});
  client.on('message', onMessage);
  client.on('error', onLost);
  try {
    await client.subscribe(topics.response, { signal });
    await client.publish(topics.request, formatTimeRequest(nonce), { signal });
    await untilAborted(answered.promise, signal);
  } finally {
    client.off('message', onMessage);
    client.off('error', onLost);
  }
}

/** As many digits as a time in ms has. */
const MIN_NONCE = 1_000_000_000_000;

const MAX_NONCE = 9_999_999_999_999;

/** Largest range of `randomInt`: 2^48. */
const freshNonce = () => String(MIN_NONCE + randomInt(MAX_NONCE - MIN_NONCE));
