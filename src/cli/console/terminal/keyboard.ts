import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

interface KeyboardHandlers {
  key(text: string | undefined, key: Key): void;
  /** The terminal was closed. */
  gone(): void;
}

/** The keys of a terminal in raw mode; `close` gives it back as it was. */
export class Keyboard {
  readonly #input: ReadStream;
  readonly #handlers: KeyboardHandlers;

  constructor(input: ReadStream, handlers: KeyboardHandlers) {
    this.#input = input;
    this.#handlers = handlers;
    emitKeypressEvents(input);
    input.on('keypress', handlers.key);
    input.on('end', handlers.gone);
    // It stays: setting a terminal that is gone right fails as well.
    input.on('error', handlers.gone);
    input.setRawMode(true);
    input.resume();
  }

  close(): void {
    this.#input.off('keypress', this.#handlers.key);
    this.#input.off('end', this.#handlers.gone);
    this.#input.setRawMode(false);
    this.#input.pause();
  }
}
