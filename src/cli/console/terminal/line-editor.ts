import { createInterface, emitKeypressEvents, type Interface, type Key } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';

/** Lines of the history that can be called back. */
const HISTORY_SIZE = 1000;

export type Completion = [hits: string[], replaced: string];

export interface EditorHandlers {
  line(line: string): void;
  complete(line: string): Completion;
  /** What stands dim behind the cursor while it is at the end of the line. */
  hint(line: string): string;
  /** Whether the line may be called back. */
  remember(line: string): boolean;
}

/** The line that is being typed, at the bottom of the terminal; what is printed goes above it. */
export class LineEditor {
  readonly #output: NodeJS.WriteStream;
  readonly #readline: Interface;
  readonly #handlers: EditorHandlers;
  readonly #faint: (text: string) => string;
  /** The lines that can be called back, the newest first: that of readline. */
  #history: string[] = [];
  #waiting: string[] = [];
  #scheduled = false;
  #hinted = false;
  #closed = false;

  constructor(
    output: NodeJS.WriteStream,
    history: readonly string[],
    faint: (text: string) => string,
    handlers: EditorHandlers,
  ) {
    this.#output = output;
    this.#faint = faint;
    this.#handlers = handlers;
    // Keys come through `key`: the console looks at them first.
    this.#readline = createInterface({
      input: new PassThrough(),
      output,
      terminal: true,
      history: [...history],
      historySize: HISTORY_SIZE,
      removeHistoryDuplicates: true,
      completer: (line: string) => handlers.complete(line),
    });
    this.#readline.on('history', (lines) => {
      this.#history = lines;
      if (!handlers.remember(lines[0] ?? '')) lines.shift();
    });
    this.#readline.on('line', (line) => {
      this.#readline.prompt();
      handlers.line(line);
    });
    output.on('resize', this.#onResize);
  }

  get line(): string {
    return this.#readline.line;
  }

  /** A key as `emitKeypressEvents` tells it. */
  key(text: string | undefined, key: Key): void {
    this.#clearHint();
    this.#readline.write(text, key);
    this.#drawHint();
  }

  /** Puts another text in place of the line, the cursor at its end. */
  replace(line: string): void {
    this.#clearHint();
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
    if (line !== '') this.#readline.write(line);
    this.#drawHint();
  }

  /** Makes a line the first that is called back. */
  offer(line: string): void {
    this.#history.unshift(line);
  }

  /** Shows the prompt, or another one in its place. */
  prompt(text: string): void {
    if (this.#closed) return;
    this.#clearHint();
    this.#readline.setPrompt(text);
    this.#readline.prompt(true);
    this.#drawHint();
  }

  /** Prints above the line. What comes in a burst is printed at once. */
  print(lines: readonly string[]): void {
    this.#waiting.push(...lines);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.flush());
  }

  /** Prints what waits. */
  flush(): void {
    this.#scheduled = false;
    const lines = this.#waiting.splice(0);
    if (lines.length === 0) return;
    if (this.#closed) {
      this.#output.write(`${lines.join('\n')}\n`);
      return;
    }
    const { rows } = this.#readline.getCursorPos();
    // Readline goes up by the rows above the cursor before it draws: they are put in front of it again.
    this.#output.write(`${this.#toStart(rows)}${lines.join('\n')}\n${'\n'.repeat(rows)}`);
    this.#readline.prompt(true);
    this.#hinted = false;
    this.#drawHint();
  }

  /** Takes the line off the screen and lets go of the terminal. */
  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#output.write(this.#toStart(this.#readline.getCursorPos().rows));
    this.#closed = true;
    this.#output.off('resize', this.#onResize);
    this.#readline.close();
  }

  readonly #onResize = () => {
    this.#hinted = false;
    this.#drawHint();
  };

  /** To the first column of the first row of the prompt, everything from there on cleared. */
  #toStart(rows: number): string {
    return `${rows > 0 ? `\x1b[${rows}A` : ''}\r\x1b[J`;
  }

  #clearHint(): void {
    if (this.#hinted) this.#output.write('\x1b[K');
    this.#hinted = false;
  }

  #drawHint(): void {
    const { line, cursor } = this.#readline;
    if (this.#closed || cursor !== line.length) return;
    const room = this.#output.columns - this.#readline.getCursorPos().cols - 2;
    const hint = [...this.#handlers.hint(line)];
    if (hint.length === 0 || room < 4) return;
    const shown = hint.length > room ? `${hint.slice(0, room - 1).join('')}…` : hint.join('');
    this.#output.write(`${this.#faint(shown)}\x1b[${[...shown].length}D`);
    this.#hinted = true;
  }
}

/** A search through the history, backwards, as Ctrl-R does it. Pure. */
export class HistorySearch {
  readonly #lines: readonly string[];
  /** What was typed before the search. */
  readonly original: string;
  #query = '';
  #at = 0;

  /** `lines`, the newest first. */
  constructor(lines: readonly string[], original: string) {
    this.#lines = lines;
    this.original = original;
  }

  get query(): string {
    return this.#query;
  }

  /** The line that was found; undefined when there is none. */
  get match(): string | undefined {
    return this.#query === '' ? undefined : this.#lines[this.#at];
  }

  type(text: string): void {
    this.#query += text;
    this.#at = this.#find(this.#at);
  }

  backspace(): void {
    this.#query = [...this.#query].slice(0, -1).join('');
    this.#at = this.#find(0);
  }

  /** An older one; stays when there is none. */
  older(): void {
    const next = this.#find(this.#at + 1);
    if (next < this.#lines.length) this.#at = next;
  }

  /** Where the next match is, from there on; the length when there is none. Upper and lower case are the same. */
  #find(from: number): number {
    const wanted = this.#query.toLowerCase();
    const found = this.#lines.findIndex((line, at) => at >= from && line.toLowerCase().includes(wanted));
    return found < 0 ? this.#lines.length : found;
  }
}

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
