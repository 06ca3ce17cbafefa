import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** The keys of a terminal in raw mode; `close` gives it back as it was. */
export class Keyboard {
  readonly #input: ReadStream;
  readonly #onKey: (text: string | undefined, key: Key) => void;

  constructor(input: ReadStream, onKey: (text: string | undefined, key: Key) => void) {
    this.#input = input;
    this.#onKey = onKey;
    emitKeypressEvents(input);
    input.on('keypress', onKey);
    input.setRawMode(true);
    input.resume();
  }

  close(): void {
    this.#input.off('keypress', this.#onKey);
    this.#input.setRawMode(false);
    this.#input.pause();
  }
}
