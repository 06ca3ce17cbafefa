import { isUtf8 } from 'node:buffer';

/** A payload within a JSON object: text where it is UTF-8, else base64. */
type JsonPayload = { readonly payload: string } | { readonly payloadBase64: string };

export function jsonPayload(payload: Buffer): JsonPayload {
  return isUtf8(payload) ? { payload: payload.toString() } : { payloadBase64: payload.toString('base64') };
}

/** A message that came, and when. */
export interface Received {
  readonly topic: string;
  readonly payload: Buffer;
  readonly messageId: number;
  readonly time: Date;
}

/** A message as `--json` prints it; `time` is ISO 8601 in UTC, `bytes` the length of the payload. */
export function messageRecord({ topic, payload, messageId, time }: Received): object {
  return { time: time.toISOString(), topic, messageId, bytes: payload.length, ...jsonPayload(payload) };
}
