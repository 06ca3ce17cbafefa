const CR = 0x0d;
const LF = 0x0a;

/** Longest command line: an 8000-byte payload as hex text and its header fit. */
const MAX_COMMAND_LINE = 20 * 1024;

/** Index of the CR that ends the line whose first CR is at `first` (wire text, latin1); -1: it has not come. */
type LineEndIn = (text: string, first: number) => number;

/**
 * What the TE has sent and the TA has not taken yet: command lines, or the raw bytes of data mode. A command line ends
 * at CR (V.250 5.2.1); an LF behind it belongs to the line end, as TEs send CR LF as well [T]. When data mode begins
 * right behind the CR, a leading LF can be either: the ends of the earlier lines decide, CR LF if there were none. A CR in
 * a payload that the line counts ends nothing.
 */
export class SerialInput {
  #bytes: Buffer = Buffer.alloc(0);
  /** A CR was the last byte: an LF may follow. */
  #afterCr = false;
  #endsInCrAlone = false;
  #counting = false;
  #countGivenUp = false;
  readonly #lineEndIn: LineEndIn;

  constructor(lineEndIn: LineEndIn = (_, first) => first) {
    this.#lineEndIn = lineEndIn;
  }

  /** A CR is there, but by its count the line is longer. */
  get counting(): boolean {
    return this.#counting;
  }

  /** What the line counts does not come: it ends at its first CR. */
  giveUpCount(): void {
    this.#countGivenUp = true;
  }

  push(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** The next command line without its end (wire text, latin1), or undefined while none is complete. */
  takeLine(): string | undefined {
    if (this.#afterCr) this.#settleLineEnd(false);
    const end = this.#lineEnd();
    if (end < 0) {
      this.#limit();
      return undefined;
    }
    this.#countGivenUp = false;
    const line = this.#bytes.subarray(0, end).toString('latin1');
    this.#bytes = this.#bytes.subarray(end + 1);
    this.#afterCr = true;
    this.#settleLineEnd(false);
    return line;
  }

  /** The next `length` raw bytes, or undefined while they are not complete. */
  takeData(length: number): Buffer | undefined {
    if (this.#afterCr) this.#settleLineEnd(this.#endsInCrAlone);
    if (this.#bytes.length < length) return undefined;
    const data = Buffer.from(this.#bytes.subarray(0, length));
    this.#bytes = this.#bytes.subarray(length);
    return data;
  }

  /** Index of the CR that ends the line, or -1. */
  #lineEnd(): number {
    this.#counting = false;
    const first = this.#bytes.indexOf(CR);
    if (first < 0 || this.#countGivenUp) return first;
    const end = this.#lineEndIn(this.#bytes.toString('latin1'), first);
    this.#counting = end < 0;
    return end;
  }

  /** Decides, once a byte behind the CR is there, whether it is the LF of the line end. */
  #settleLineEnd(lfIsData: boolean): void {
    const [next] = this.#bytes;
    if (next === undefined) return;
    this.#afterCr = false;
    if (next === LF && !lfIsData) {
      this.#bytes = this.#bytes.subarray(1);
      this.#endsInCrAlone = false;
    } else {
      this.#endsInCrAlone = true;
    }
  }

  /** A line without end must not eat memory: its tail is lost, and what is left is no command [A]. */
  #limit(): void {
    if (this.#bytes.length > MAX_COMMAND_LINE) this.#bytes = this.#bytes.subarray(0, MAX_COMMAND_LINE);
  }
}
