import { Duplex } from 'node:stream';
import { turn } from './scripted-module.js';

/** A stream that takes nothing until it is told to: its write callbacks do not come. */
export class StallingStream extends Duplex {
  readonly taken: string[] = [];
  #waiting: { readonly chunk: Buffer; readonly callback: () => void } | undefined;
  #flowing = false;

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#waiting = { chunk, callback };
    if (this.#flowing) this.release();
  }

  /** Takes what is waiting. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    this.taken.push(waiting.chunk.toString('latin1'));
    waiting.callback();
  }

  /** Takes what is waiting and what follows. */
  flow(): void {
    this.#flowing = true;
    this.release();
  }

  /** Bytes (latin1) for the reader, after the write callbacks that are due; resolves when it has had them. */
  async receive(bytes: string): Promise<void> {
    await turn();
    this.push(Buffer.from(bytes, 'latin1'));
    await turn();
  }
}
