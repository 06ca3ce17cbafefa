import type { Writable } from 'node:stream';
import { deferred } from '../util/deferred.js';

/** The result of a command, on stdout. */
export class Output {
  /** Aborts when the reader has gone: what comes next is for nobody. */
  readonly gone: AbortSignal;
  readonly #stream: Writable;

  constructor(stream: Writable) {
    const controller = new AbortController();
    this.#stream = stream;
    this.gone = controller.signal;
    stream.on('error', () => controller.abort());
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
