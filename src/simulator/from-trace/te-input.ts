/** Line ends behind a command line: V.250 5.2.1 has CR, and TEs send CR LF as well. */
const LINE_END = /[\r\n]/;

/** Bytes of a command line at most; what is longer is no command. */
const MAX_LINE = 64 * 1024;

/** Takes what the TE writes apart: command lines, and payloads of a length that is told. */
export class TeInput {
  #text = '';
  #wanted: number | undefined;
  /** The last line ended with CR: a LF behind it belongs to it. */
  #afterCr = false;

  push(bytes: Buffer): void {
    this.#text += bytes.toString('latin1');
    if (this.#wanted === undefined && this.#text.length > MAX_LINE && !LINE_END.test(this.#text))
      this.#text = '';
  }

  /** From now on so many bytes are a payload. */
  expectPayload(length: number): void {
    this.#wanted = length;
  }

  /** The next command line without its end, or the payload; undefined until it is complete. Latin1. */
  next(): string | undefined {
    if (this.#afterCr && this.#text !== '') {
      this.#afterCr = false;
      if (this.#text.startsWith('\n')) this.#text = this.#text.slice(1);
    }
    if (this.#wanted !== undefined) {
      if (this.#text.length < this.#wanted) return undefined;
      const payload = this.#text.slice(0, this.#wanted);
      this.#text = this.#text.slice(this.#wanted);
      this.#wanted = undefined;
      return payload;
    }
    // Behind line ends, and the filler of a driver that begins, there is a line.
    this.#text = this.#text.replace(/^[\r\n\x1b]+/, '');
    const end = this.#text.search(LINE_END);
    if (end < 0) return undefined;
    const line = this.#text.slice(0, end);
    this.#afterCr = this.#text[end] === '\r';
    this.#text = this.#text.slice(end + 1);
    return line;
  }

  clear(): void {
    this.#text = '';
    this.#wanted = undefined;
    this.#afterCr = false;
  }
}
