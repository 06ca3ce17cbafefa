import type { Qos } from '../../../../src/dialects/dialect.js';
import type { FarMessage } from '../far/far-client.js';

/** A message to send. */
export function message(
  topic: string,
  payload: string | Buffer,
  { qos = 1, retain = false }: { readonly qos?: Qos; readonly retain?: boolean } = {},
): FarMessage {
  return { topic, payload: Buffer.from(payload), qos, retain };
}

/** Topic and payload, for a comparison that shows both. */
export function text({ topic, payload }: Pick<FarMessage, 'topic' | 'payload'>): string {
  return `${topic} ${payload}`;
}

/** Messages that one client has in flight: what Mosquitto takes of QoS 2; Aedes hangs up above 1000. */
const PORTION = 20;

/** Sends in portions, each acknowledged before the next. */
export async function inPortions<T>(items: readonly T[], send: (item: T) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < items.length; i += PORTION) await Promise.all(items.slice(i, i + PORTION).map(send));
}
