import type { Duplex } from 'node:stream';
import { openTransport } from '../../src/transport/open.js';
import { escapeBytes } from '../../src/util/escape.js';

/** How long a test waits for bytes before it fails with what came instead. */
const PATIENCE = 5_000;

/** A TE that knows nothing of AT commands: it writes bytes and waits for exact bytes (latin1). */
export class RawTe {
  readonly #stream: Duplex;
  #received = '';
  #arrived: () => void = () => {};
  closed = false;
  /** Called with each chunk as it comes. */
  onChunk: (chunk: string) => void = () => {};

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => {
      const chunk = bytes.toString('latin1');
      this.#received += chunk;
      this.onChunk(chunk);
      this.#arrived();
    });
    stream.on('error', () => {});
    stream.once('close', () => {
      this.closed = true;
      this.#arrived();
    });
  }

  static async open(url: string): Promise<RawTe> {
    return new RawTe(await openTransport(url));
  }

  /** What came and was not expected yet. */
  get unread(): string {
    return this.#received;
  }

  write(text: string | Buffer): void {
    this.#stream.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  }

  /** Resolves when exactly these bytes have come next. */
  async expect(text: string | Buffer): Promise<void> {
    const wanted = typeof text === 'string' ? text : text.toString('latin1');
    await this.#until(
      () => this.#received.length >= wanted.length || !wanted.startsWith(this.#received),
      wanted,
    );
    if (!this.#received.startsWith(wanted)) throw this.#mismatch(wanted);
    this.#received = this.#received.slice(wanted.length);
  }

  /** Writes a command line ended by CR LF and waits for the answer. */
  async ask(line: string, answer: string): Promise<void> {
    this.write(`${line}\r\n`);
    await this.expect(answer);
  }

  /** Waits for a match anywhere, and takes everything as far as its end. */
  async match(pattern: RegExp): Promise<RegExpExecArray> {
    await this.#until(() => pattern.test(this.#received), String(pattern));
    const found = pattern.exec(this.#received);
    if (found === null) throw this.#mismatch(String(pattern));
    this.#received = this.#received.slice(found.index + found[0].length);
    return found;
  }

  /** Resolves when the stream has closed. */
  async gone(): Promise<void> {
    await this.#until(() => this.closed, 'the end of the stream');
  }

  close(): void {
    this.#stream.destroy();
  }

  async #until(satisfied: () => boolean, wanted: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!satisfied()) {
      const left = deadline - Date.now();
      if (left <= 0) throw this.#mismatch(wanted);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #mismatch(wanted: string): Error {
    return new Error(`expected ${escapeBytes(wanted)}\n     got ${escapeBytes(this.#received)}`);
  }
}

/** `\r\nOK\r\n` and its like. */
export function line(text: string): string {
  return `\r\n${text}\r\n`;
}

export const OK = line('OK');
