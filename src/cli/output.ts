import { isUtf8 } from 'node:buffer';
import type { Writable } from 'node:stream';
import { deferred } from '../util/deferred.js';
import { onWriteFailure } from './standard-streams.js';

/** The result of a command, on stdout. */
export class Output {
  /** Aborts when nothing can be written any more: what comes next is for nobody. */
  readonly gone: AbortSignal;
  readonly #stream: Writable;
  #failure: string | undefined;

  constructor(stream: Writable) {
    const controller = new AbortController();
    this.#stream = stream;
    this.gone = controller.signal;
    onWriteFailure(stream, ({ readerGone, sentence }) => {
      if (!readerGone) this.#failure = sentence;
      controller.abort();
    });
  }

  /** Why the result could not be written, as on a full disk; undefined also when its reader has read enough. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Resolves when the bytes have left, or when nobody wants them: a slow reader slows the writer down. */
  write(chunk: string | Uint8Array): Promise<void> {
    if (this.gone.aborted) return Promise.resolve();
    const { promise, resolve } = deferred<void>();
    this.#stream.write(chunk, () => resolve());
    return promise;
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  json(value: object): Promise<void> {
    return this.line(JSON.stringify(value));
  }
}

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
