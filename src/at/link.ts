import type { Duplex } from 'node:stream';
import { ModemError } from '../errors/modem-error.js';
import { Digester, type DropReason } from './digester.js';
import type { CountedHeader, Line } from './line.js';

/** How long the rest of a counted payload may take before it is given up, in ms; far above a gap between two reads. */
const INCOMPLETE_LIMIT = 2000;

export interface LinkHandlers {
  line(line: Line): void;
  prompt(): void;
  dropped(reason: DropReason, bytes: number): void;
  /** The stream is gone; called once, last. The error is undefined if we closed it. */
  closed(error: ModemError | undefined): void;
}

export interface LinkOptions {
  readonly maxLine: number;
  readonly countedHeaders: () => Iterable<CountedHeader>;
}

/** The byte stream with its digester: lines and prompts come out, bytes go in, and it closes once. */
export class Link {
  readonly #stream: Duplex;
  readonly #handlers: LinkHandlers;
  readonly #digester: Digester;
  #stall: NodeJS.Timeout | undefined;
  #error: ModemError | undefined;
  #ours = false;
  #closed = false;

  constructor(stream: Duplex, handlers: LinkHandlers, options: LinkOptions) {
    this.#stream = stream;
    this.#handlers = handlers;
    this.#digester = new Digester(handlers, options);
    stream.on('data', (chunk: Buffer) => this.#onData(chunk));
    stream.on('error', (error) => {
      this.#error ??= asPortError(error);
    });
    stream.on('end', () => stream.destroy());
    stream.once('close', () => this.#onClose());
  }

  set expectPrompt(expected: boolean) {
    this.#digester.expectPrompt = expected;
  }

  /** `done` is called when the stream has taken the bytes; never if it closes before. */
  write(bytes: Buffer, done: () => void): void {
    this.#stream.write(bytes, (error) => {
      if (error == null && !this.#closed) done();
    });
  }

  /** Closes the stream; `closed` follows. */
  destroy(): void {
    this.#ours = true;
    this.#stream.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    this.#digester.push(chunk);
    if (this.#stall !== undefined) clearTimeout(this.#stall);
    this.#stall = this.#digester.incomplete
      ? setTimeout(() => this.#digester.abandon(), INCOMPLETE_LIMIT)
      : undefined;
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#stall);
    const lost = this.#error ?? new ModemError('PORT_CLOSED', 'the port was closed by the other side');
    this.#handlers.closed(this.#ours ? undefined : lost);
  }
}

function asPortError(error: Error): ModemError {
  if (error instanceof ModemError) return error;
  return new ModemError('PORT_FAILED', `the port failed: ${error.message}`, { cause: error });
}
