import { randomInt } from 'node:crypto';
import type { Client } from '../../client/client.js';
import { formatTimeRequest, parseSendTime, timeTopics } from '../../cloud/aliyun/wire/topics.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import type { ModemError } from '../../errors/modem-error.js';
import { untilAborted } from '../../modem/until-aborted.js';
import { deferred } from '../../util/deferred.js';

/** As many digits as a time in ms has. */
const MIN_NONCE = 1_000_000_000_000;
const MAX_NONCE = 9_999_999_999_999;

/** Largest range of `randomInt`: 2^48. */
const freshNonce = () => String(MIN_NONCE + randomInt(MAX_NONCE - MIN_NONCE));

/** Where the question goes and the answer comes. */
export interface ProofTopics {
  readonly request: string;
  readonly response: string;
}

/** Those of the cloud's time service, or of a topic of one's own, which gives back what is published to it. */
export function proofTopics(triple: DeviceTriple, own: string | undefined): ProofTopics {
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
export async function prove(client: Client, topics: ProofTopics, signal: AbortSignal): Promise<void> {
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
