import { LineMask } from './trace-mask.js';

/** Time in ms after which bytes without a line end are shown: a prompt has none. */
const IDLE_TIME = 50;

/** Bytes that an entry holds at most. */
const MAX_BYTES = 4096;

/** Lines; and what fills a payload up in front of a line, so that this has an entry of its own. */
const PIECES = /\x1b[\x1b\r]{63,4095}|[^\n\x1b]*\n|[^\n\x1b]+|[^\n]*\n|[^\n]+/g;
const FILLER = /^\x1b[\x1b\r]{63}/;

export interface Gathered {
  /** Monotonic time of the first byte: ms since the start of the process, as `performance.now()`. */
  readonly time: number;
  /** Wall clock of the first byte: ms since 1970, as `Date.now()`. */
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Gathers the bytes of one direction to entries: up to the LF behind a text (V.250 5.7.1 puts CR LF before a response
 * as well), or until `flush`, or until nothing came for 50 ms. So entries do not depend on how the bytes were cut.
 */
export class DirectionRecorder {
  readonly #record: (gathered: Gathered) => void;
  readonly #mask: LineMask | undefined;
  #gathered = '';
  #time = 0;
  #at = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(record: (gathered: Gathered) => void, secrets: boolean) {
    this.#record = record;
    this.#mask = secrets ? undefined : new LineMask();
  }

  add(bytes: Buffer): void {
    for (const piece of bytes.toString('latin1').match(PIECES) ?? []) this.#addPiece(piece);
    this.#watchIdle();
  }

  /** Records what has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gathered === '') return;
    const text = this.#mask?.apply(this.#gathered) ?? this.#gathered;
    this.#gathered = '';
    const bytes = Buffer.from(text, 'latin1');
    if (bytes.length > 0) this.#record({ time: this.#time, at: this.#at, bytes });
  }

  /** A piece has at most one LF, at its end. */
  #addPiece(piece: string): void {
    if (this.#gathered === '') {
      this.#time = performance.now();
      this.#at = Date.now();
    }
    this.#gathered += piece;
    const hasLine = (piece.endsWith('\n') && /[^\r\n]/.test(this.#gathered)) || FILLER.test(piece);
    if (hasLine || this.#gathered.length >= MAX_BYTES) this.flush();
  }

  #watchIdle(): void {
    if (this.#gathered === '') return;
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.flush(), IDLE_TIME).unref();
    else this.#timer.refresh();
  }
}
