import { maskSecrets } from '../../errors/secrets.js';
import { harmless, painter, type Paint as TerminalPaint, timeOfDayMs } from '../terminal.js';
import { folded, foldedPayload, hexDump, readable, readablePayload } from './readable.js';
import type { Item } from './traffic.js';

/** What a piece of text is; how that looks is a matter of the terminal. */
export type Style = 'faint' | 'good' | 'bad' | 'urc' | 'sent' | 'note';

export type Paint = TerminalPaint<Style>;

/** The paint of the console for a stream. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return painter(
    { faint: 'dim', good: 'green', bad: 'red', urc: 'cyan', sent: 'bold', note: 'magenta' },
    stream,
  );
}

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

interface ItemLook {
  readonly paint: Paint;
  /** Time stamp with the space behind it, or empty. */
  readonly stamp: string;
  /** Shows bytes as a dump as well. */
  readonly hex: boolean;
  /** The line stands on the screen already: only its words are shown. */
  readonly typed: boolean;
  readonly wrap: Wrap;
}

/** Breaks a line between words; `indent` columns are taken by what stands in front of it. */
type Wrap = (line: string, indent?: number) => string[];

const STYLES: Readonly<Record<Item['role'], Style | undefined>> = {
  command: 'sent',
  echo: 'faint',
  ok: 'good',
  failure: 'bad',
  response: undefined,
  urc: 'urc',
  prompt: 'faint',
  'sent-data': 'sent',
  noise: 'bad',
};

/** What dumps are shown of: what the module sends, and payloads. */
const DUMPED: readonly Item['role'][] = ['response', 'urc', 'noise', 'sent-data'];

/** One thing on the wire as lines: what it is, and dim below it what it means. Secrets are masked. */
export function itemLines(item: Item, { paint, stamp, hex, typed, wrap }: ItemLook): string[] {
  const indent = ' '.repeat(stamp.length + 2);
  const faint = (text: string) => `${indent}${paint('faint', text)}`;
  const style = STYLES[item.role];
  const text = textOf(item);
  const lines: string[] = [];
  if (!typed && text !== '') {
    const shown = style === undefined ? text : paint(style, text);
    lines.push(`${stamp === '' ? '' : paint('faint', stamp)}${shown}`);
  }
  if (hex && DUMPED.includes(item.role)) lines.push(...hexDump(maskedBytes(item)).map(faint));
  const words = item.role === 'sent-data' ? undefined : item.words;
  if (words !== undefined) lines.push(...wrap(harmless(words), indent.length).map(faint));
  return lines;
}

/** One thing on the wire as `--json` prints it; `time` is ISO 8601 in UTC. */
export function itemRecord(item: Item, time: Date): object {
  const { role, words, bytes } = item;
  return {
    time: time.toISOString(),
    role,
    text: readable(maskSecrets(item.text)),
    ...(bytes === undefined ? {} : { bytes: bytes.length, payload: readablePayload(maskedPayload(item)) }),
    ...(words === undefined ? {} : { words }),
  };
}

function textOf(item: Item): string {
  if (item.role === 'command') return `> ${folded(maskSecrets(item.text))}`;
  if (item.role === 'prompt') return '';
  if (item.role === 'sent-data') return `> ${harmless(item.words ?? '')}`;
  if (item.bytes === undefined) return folded(maskSecrets(item.text));
  return folded(item.text) + foldedPayload(maskedPayload(item));
}

/** A secret may be told by what stands in front of the payload. */
function maskedPayload({ text, bytes }: Item): string {
  const payload = bytes?.toString('latin1') ?? '';
  const masked = maskSecrets(text + payload);
  return masked.startsWith(text) ? masked.slice(text.length) : '***';
}

function maskedBytes(item: Item): Buffer {
  return Buffer.from(item.bytes === undefined ? maskSecrets(item.text) : maskedPayload(item), 'latin1');
}

/** `abs`: time of day; `delta`: since the line before; `off`: none. */
type TimeStyle = 'abs' | 'delta' | 'off';

export const TIME_STYLES: readonly TimeStyle[] = ['abs', 'delta', 'off'];

/** The time stamps in front of lines. */
export class TimeStamps {
  style: TimeStyle;
  #last: number | undefined;

  constructor(style: TimeStyle) {
    this.style = style;
  }

  /** `time` in ms since 1970. Each call counts as a line. */
  next(time: number): string {
    const since = time - (this.#last ?? time);
    this.#last = time;
    if (this.style === 'off') return '';
    if (this.style === 'delta') return `+${(since / 1000).toFixed(3).padStart(7)} `;
    return `${timeOfDayMs(time)} `;
  }
}
