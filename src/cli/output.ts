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
