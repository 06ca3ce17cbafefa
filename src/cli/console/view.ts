import { maskSecrets } from '../../errors/secrets.js';
import { itemLines, itemRecord, type Wrap } from './item-text.js';
import type { Paint } from './paint.js';
import { harmless } from './readable.js';
import type { TimeStamps } from './time-stamps.js';
import type { Item } from './traffic.js';

export type NoteKind = 'plain' | 'good' | 'bad';

/** Where the console shows things. */
export interface View {
  item(item: Item): void;
  /** The console speaks of what happens. */
  note(text: string, kind: NoteKind): void;
  /** What was asked for with a dot-command. */
  text(lines: readonly string[]): void;
  /** The line is on the screen already: it is not shown once more when it goes out. */
  typed(line: string): void;
}

export interface LookSettings {
  hex: boolean;
  readonly stamps: TimeStamps;
}

/** Lines of text for people. */
export class TextView implements View {
  readonly #print: (lines: readonly string[]) => void;
  readonly #paint: Paint;
  readonly #settings: LookSettings;
  readonly #wrap: Wrap;
  #typed: string | undefined;

  /** `wrap` breaks the words of the console for a screen, by default not at all. */
  constructor(
    print: (lines: readonly string[]) => void,
    paint: Paint,
    settings: LookSettings,
    wrap: Wrap = (line) => [line],
  ) {
    this.#wrap = wrap;
    this.#print = print;
    this.#paint = paint;
    this.#settings = settings;
  }

  /** An echo says nothing new; a trace has it. */
  item(item: Item): void {
    if (item.role === 'echo') return;
    const { hex, stamps } = this.#settings;
    const typed = item.role === 'command' && item.text === this.#typed;
    if (typed) this.#typed = undefined;
    const stamp = stamps.next(Date.now());
    const lines = itemLines(item, { paint: this.#paint, stamp, hex, typed, wrap: this.#wrap });
    if (lines.length > 0) this.#print(lines);
  }

  note(text: string, kind: NoteKind): void {
    const lines = this.#wrap(`* ${harmless(maskSecrets(text))}`);
    this.#print(lines.map((line) => this.#paint(kind === 'plain' ? 'note' : kind, line)));
  }

  text(lines: readonly string[]): void {
    this.#print(lines.flatMap((line) => this.#wrap(harmless(line))));
  }

  typed(line: string): void {
    this.#typed = Buffer.from(line).toString('latin1');
  }
}

/** One JSON object a line. */
export class JsonView implements View {
  readonly #print: (lines: readonly string[]) => void;

  constructor(print: (lines: readonly string[]) => void) {
    this.#print = print;
  }

  item(item: Item): void {
    this.#print([JSON.stringify(itemRecord(item, new Date()))]);
  }

  note(text: string, kind: NoteKind): void {
    this.#print([JSON.stringify({ time: new Date().toISOString(), note: maskSecrets(text), kind })]);
  }

  text(lines: readonly string[]): void {
    this.#print([JSON.stringify({ time: new Date().toISOString(), text: lines })]);
  }

  typed(): void {}
}
