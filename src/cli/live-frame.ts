import { createLogUpdate } from 'log-update';
import { QuietKeys } from './quiet-keys.js';

/** Erases the screen and goes to its first line: nobody knows how the old lines were wrapped, or what stands there. */
const FRESH_SCREEN = '\x1b[2J\x1b[H';

/**
 * A picture on a terminal that is drawn over and over. `log-update` rewrites what changed, and shows the cursor again
 * however the process ends; keys that are typed meanwhile do not run through it.
 */
export class LiveFrame {
  readonly #stream: NodeJS.WriteStream;
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #keys: QuietKeys;
  /** How many stand on the screen. */
  #lines = 0;

  /** `redraw` is called when the process is back from Ctrl-Z: the screen has been used by others. */
  constructor(stream: NodeJS.WriteStream, redraw: () => void, input: NodeJS.ReadStream = process.stdin) {
    this.#stream = stream;
    this.#update = createLogUpdate(stream);
    this.#keys = new QuietKeys(input, {
      suspended: () => this.#update.done(),
      resumed: () => {
        this.startAfresh();
        redraw();
      },
    });
  }

  draw(lines: readonly string[]): void {
    // log-update 7.2 loses the last lines when others come in above them.
    if (lines.length !== this.#lines) this.#update.clear();
    this.#lines = lines.length;
    // And the end of an empty line at the end of what changed; one with a space is drawn right.
    this.#update(lines.map((line) => (line === '' ? ' ' : line)).join('\n'));
  }

  /** Writes lines that stay, above the picture. */
  persist(text: string): void {
    this.#update.persist(text);
  }

  startAfresh(): void {
    this.#update.done();
    this.#lines = 0;
    this.#stream.write(FRESH_SCREEN);
  }

  /** Erases the picture, or leaves it where it is. */
  close({ keep = false } = {}): void {
    this.#keys.close();
    if (!keep) this.#update.clear();
    this.#update.done();
  }
}
