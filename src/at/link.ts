import type { Duplex } from 'node:stream';
import { ModemError } from '../errors/modem-error.js';
import { LastWords } from '../transport/last-words.js';
import { type Counted, Digester, type DropReason } from './digester.js';
import type { CountedHeader, Line, Prompt } from './line.js';

/** How long a counted payload may take before it is given up, in ms: far above a gap between two reads. */
const INCOMPLETE_LIMIT = 2000;

/** On top of that, in ms per byte that is missing: about twice the time it takes at 9600 baud. */
const INCOMPLETE_MS_PER_BYTE = 2;

/** ms of silence after which a CR without its LF is taken for the end of a line. */
const CR_ALONE = 50;

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
  #settling: NodeJS.Timeout | undefined;
  /** The counted payload that the timer is for. */
  #watched: Counted | undefined;
  #last: Buffer = Buffer.alloc(0);
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
    if (stream.closed) process.nextTick(() => this.#onClose());
  }

  set expectedPrompt(prompt: Prompt | undefined) {
    this.#digester.expectedPrompt = prompt;
  }

  /** Whether the stream has not taken all that was written. */
  get busy(): boolean {
    return this.#stream.writableLength > 0;
  }

  /** What came last, if it is not of a module: escaped, at most 200 bytes. */
  get lastWords(): string | undefined {
    return LastWords.in(this.#last);
  }

  /** `done` is called when the stream has taken the bytes; never if it closes before. */
  write(bytes: Buffer, done: () => void): void {
    this.#stream.write(bytes, (error) => {
      if (error != null) this.#stream.destroy(error);
      else if (!this.#closed) done();
    });
  }

  /** Closes the stream; `closed` follows. */
  destroy(): void {
    this.#ours = true;
    this.#stream.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    this.#last = chunk;
    this.#digester.push(chunk);
    this.#watch();
    if (this.#digester.unsettled) this.#settleSoon();
  }

  #settleSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#digester.settle();
      this.#watch();
    }, CR_ALONE);
  }

  /**
   * One limit for each counted payload, whatever comes meanwhile: a length that is wrong must not swallow the answers
   * to all that is asked later.
   */
  #watch(): void {
    const { counted } = this.#digester;
    if (counted === this.#watched) return;
    clearTimeout(this.#stall);
    this.#watched = counted;
    if (counted === undefined) return;
    const limit = INCOMPLETE_LIMIT + INCOMPLETE_MS_PER_BYTE * counted.length;
    this.#stall = setTimeout(() => {
      this.#watched = undefined;
      this.#digester.abandon();
    }, limit);
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#settling);
    clearTimeout(this.#stall);
    const lost = this.#error ?? new ModemError('PORT_CLOSED', 'the port was closed by the other side');
    this.#handlers.closed(this.#ours ? undefined : lost);
  }
}

function asPortError(error: Error): ModemError {
  if (error instanceof ModemError) return error;
  return new ModemError('PORT_FAILED', `the port failed: ${error.message}`, { cause: error });
}
