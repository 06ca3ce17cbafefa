import { createLogUpdate } from 'log-update';

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

/** What the terminal driver makes of keys where it reads lines; in raw mode it is for us to do. */
const CTRL_C = '\x03';
const CTRL_Z = '\x1a';
const CTRL_BACKSLASH = '\x1c';

interface QuietKeysHandlers {
  /** The process is about to stop: its picture ends here. */
  suspended(): void;
  /** It goes on, on a screen that others have written to. */
  resumed(): void;
}

/**
 * Keeps what is typed, or scanned by a reader of bar codes, from being written into a picture on the terminal: keys are
 * read and dropped, those that send signals do so.
 */
class QuietKeys {
  readonly #input: NodeJS.ReadStream;
  readonly #handlers: QuietKeysHandlers;
  readonly #onData = (bytes: Buffer) => this.#pressed(bytes.toString('latin1'));
  readonly #onContinue = () => this.#resume();
  #closed = false;

  /** Does nothing if the input is no terminal. */
  constructor(input: NodeJS.ReadStream, handlers: QuietKeysHandlers) {
    this.#input = input;
    this.#handlers = handlers;
    if (!input.isTTY) return;
    input.setRawMode(true);
    input.on('data', this.#onData);
    // `fg` after a stop of any kind, also one from outside.
    process.on('SIGCONT', this.#onContinue);
    // Only what is drawn keeps the process going.
    input.unref();
  }

  close(): void {
    if (!this.#input.isTTY || this.#closed) return;
    this.#closed = true;
    process.off('SIGCONT', this.#onContinue);
    this.#input.off('data', this.#onData);
    this.#input.pause();
    this.#input.setRawMode(false);
  }

  #pressed(keys: string): void {
    if (keys.includes(CTRL_C)) process.kill(process.pid, 'SIGINT');
    if (keys.includes(CTRL_BACKSLASH)) process.kill(process.pid, 'SIGQUIT');
    if (keys.includes(CTRL_Z)) this.#suspend();
  }

  #suspend(): void {
    this.#handlers.suspended();
    this.#input.setRawMode(false);
    // The whole group, as the terminal driver does: a shell script in front of us stops as well.
    process.kill(0, 'SIGTSTP');
    // A group without a shell that watches it does not stop (POSIX.1, orphaned process group): no SIGCONT comes then.
    setImmediate(this.#onContinue);
  }

  #resume(): void {
    if (this.#closed) return;
    // libuv remembers the mode that it has set, not the one that the shell has left.
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    this.#handlers.resumed();
  }
}
