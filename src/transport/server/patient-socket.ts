import { Socket } from 'node:net';
import type { WriteCallback } from '../transport.js';

/** ms that what the peer has sent is read for, after a write has failed. */
const READ_TIME = 500;

/**
 * A TCP socket that reads what has arrived before a failed write ends it. A serial server that says why it closes may be
 * gone when we write next; an ordinary socket throws away then what it has not read.
 */
export class PatientSocket extends Socket {
  override _write(chunk: Buffer, encoding: BufferEncoding, callback: WriteCallback): void {
    super._write(chunk, encoding, this.#patient(callback));
  }

  override _writev(
    chunks: { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    callback: WriteCallback,
  ): void {
    super._writev?.(chunks, this.#patient(callback));
  }

  /** The end of what can be read destroys the socket, and so the failure need not be told. */
  #patient(callback: WriteCallback): WriteCallback {
    return (error) => {
      if (!error || this.destroyed) return callback(error);
      const timer = setTimeout(() => callback(error), READ_TIME);
      this.once('close', () => clearTimeout(timer));
    };
  }
}
