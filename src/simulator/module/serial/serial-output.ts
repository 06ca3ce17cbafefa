import type { Duplex } from 'node:stream';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** When bytes have passed one direction of a serial line. */
export class BaudPacer {
  readonly #bytesPerMs: number;
  #freeAt = 0;

  /** `baudRate` in bit/s; undefined is a line that takes no time. */
  constructor(baudRate: number | undefined) {
    this.#bytesPerMs = baudRate === undefined ? Number.POSITIVE_INFINITY : baudRate / BITS_PER_BYTE / 1000;
  }

  get instant(): boolean {
    return this.#bytesPerMs === Number.POSITIVE_INFINITY;
  }

  /** ms from now until so many bytes more have passed, behind those that are on the line already. */
  pass(bytes: number): number {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.#bytesPerMs;
    return this.#freeAt - now;
  }
}

/** Bytes that leave together on a paced line: small beside a line, large beside a timer's cost. */
const PACED_SLICE = 64;

/** Bytes that wait for a TE which does not read; without flow control a UART loses what comes on top. */
const UNTAKEN_LIMIT = 1024 * 1024;

export interface SerialOutputOptions {
  /** bit/s; undefined is a line that takes no time. */
  readonly baudRate: number | undefined;
  /** The pieces in which bytes go out, each in a turn of the event loop of its own; none at all loses the bytes. */
  readonly shape: (bytes: Buffer) => readonly Buffer[];
  /** ms before a piece goes out, on top of its time on the line. */
  readonly pieceDelay: () => number;
}

/**
 * The TA's transmitter: whatever is sent leaves in order, shaped by faults and paced by the baud rate. Without a TE
 * the bytes fall off the end of the line.
 */
export class SerialOutput {
  readonly #shape: SerialOutputOptions['shape'];
  readonly #pieceDelay: SerialOutputOptions['pieceDelay'];
  readonly #pacer: BaudPacer;
  #stream: Duplex | undefined;
  #pieces: Buffer[] = [];
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor({ baudRate, shape, pieceDelay }: SerialOutputOptions) {
    this.#pieceDelay = pieceDelay;
    this.#pacer = new BaudPacer(baudRate);
    this.#shape = shape;
  }

  /** From now on bytes go to this TE; what is on its way to another is lost. */
  attach(stream: Duplex | undefined): void {
    this.#stream = stream;
    this.clear();
  }

  send(bytes: Buffer): void {
    const shaped = this.#shape(bytes);
    const atOnce = this.#timer === undefined && this.#instant && shaped.length === 1;
    if (atOnce) {
      this.#write(shaped[0]);
      return;
    }
    this.#pieces.push(...(this.#pacer.instant ? shaped : shaped.flatMap(slices)));
    if (this.#timer === undefined) this.#schedule();
  }

  /** Forgets what has not left yet. */
  clear(): void {
    this.#pieces = [];
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }

  get #instant(): boolean {
    return this.#pacer.instant && this.#pieceDelay() === 0;
  }

  #schedule(): void {
    const [next] = this.#pieces;
    if (next === undefined) {
      this.#timer = undefined;
    } else if (this.#instant) {
      this.#timer = setImmediate(() => this.#next());
    } else {
      this.#timer = setTimeout(() => this.#next(), this.#pacer.pass(next.length) + this.#pieceDelay());
    }
  }

  #next(): void {
    this.#write(this.#pieces.shift());
    this.#schedule();
  }

  #write(bytes: Buffer | undefined): void {
    const stream = this.#stream;
    if (bytes === undefined || stream?.writable !== true) return;
    if (stream.writableLength < UNTAKEN_LIMIT) stream.write(bytes);
  }
}

function slices(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PACED_SLICE) parts.push(bytes.subarray(at, at + PACED_SLICE));
  return parts;
}
