import type { Duplex } from 'node:stream';
import { BaudPacer, SerialOutput, type SerialOutputOptions } from './serial-output.js';

export interface SerialLineHandlers {
  /** Bytes from the TE. */
  received(bytes: Buffer): void;
  /** A TE came, or the last one went. */
  attached(present: boolean): void;
}

/** The serial line between one TE at a time and the TA. A new TE takes the line over, as with a plug. */
export class SerialLine {
  readonly #handlers: SerialLineHandlers;
  readonly #output: SerialOutput;
  readonly #incoming: BaudPacer;
  readonly #arriving = new Set<NodeJS.Timeout>();
  #stream: Duplex | undefined;

  constructor(options: SerialOutputOptions, handlers: SerialLineHandlers) {
    this.#handlers = handlers;
    this.#output = new SerialOutput(options);
    this.#incoming = new BaudPacer(options.baudRate);
  }

  attach(stream: Duplex): void {
    this.#stream?.destroy();
    this.#stream = stream;
    this.#output.attach(stream);
    stream.on('data', (bytes: Buffer) => this.#arrive(bytes));
    // A link that breaks is a TE that is gone, no more.
    stream.on('error', () => {});
    stream.once('close', () => this.#detach(stream));
    this.#handlers.attached(true);
  }

  send(bytes: Buffer): void {
    this.#output.send(bytes);
  }

  /** Forgets what is on its way in either direction. */
  clear(): void {
    this.#output.clear();
    for (const timer of this.#arriving) clearTimeout(timer);
    this.#arriving.clear();
  }

  #arrive(bytes: Buffer): void {
    if (this.#incoming.instant) {
      this.#handlers.received(bytes);
      return;
    }
    const timer = setTimeout(() => {
      this.#arriving.delete(timer);
      this.#handlers.received(bytes);
    }, this.#incoming.pass(bytes.length));
    this.#arriving.add(timer);
  }

  #detach(stream: Duplex): void {
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.#output.attach(undefined);
    this.#handlers.attached(false);
  }
}
