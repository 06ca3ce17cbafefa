import { Duplex } from 'node:stream';
import type { WriteCallback } from '../../transport/transport.js';

/**
 * The driver's view of the port that the console keeps open: a `Transport` whose end closes nothing. Bytes go on to be
 * shown by the console, whoever reads or writes them.
 */
export class Tap extends Duplex {
  readonly #send: (bytes: Buffer, done: WriteCallback) => void;
  readonly #detach: () => void;

  constructor(send: (bytes: Buffer, done: WriteCallback) => void, detach: () => void) {
    super();
    this.#send = send;
    this.#detach = detach;
    this.once('finish', () => this.destroy());
    // Nobody may be listening any more when the port is lost.
    this.on('error', () => {});
  }

  /** Bytes that came from the module. */
  deliver(bytes: Buffer): void {
    if (!this.destroyed) this.push(bytes);
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: WriteCallback): void {
    this.#send(bytes, done);
  }

  override _destroy(error: Error | null, done: WriteCallback): void {
    this.#detach();
    done(error);
  }
}
