import { formatTrace, type TraceEntry } from '../../transport/trace.js';
import { noPaint } from '../terminal.js';
import { TraceFile } from '../tracing.js';
import type { Item } from './traffic.js';
import { maskTyped } from './typed-line.js';
import { type NoteKind, TextView, TimeStamps, type View } from './view.js';

/** The file of `.log`: what the console shows, with the time of day, without colours. Secrets are masked. */
export class SessionLog {
  readonly #onFailure: (text: string) => void;
  #file: TraceFile | undefined;
  #path: string | undefined;
  readonly view: TextView;

  constructor(onFailure: (text: string) => void) {
    this.#onFailure = onFailure;
    const print = (lines: readonly string[]) => {
      for (const line of lines) this.#file?.write(line);
    };
    this.view = new TextView(print, noPaint, { hex: false, stamps: new TimeStamps('abs') });
  }

  /** The file that is written now. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Throws an `ArgumentError` for a file that cannot be written. */
  start(path: string): void {
    const file = new TraceFile(path, this.#onFailure);
    this.stop();
    this.#file = file;
    this.#path = path;
    file.write(`# ${new Date().toISOString()}`);
  }

  /** A command of the console; those of the module are shown when they go out. */
  typed(line: string): void {
    if (line.startsWith('.')) this.#file?.write(maskTyped(line));
  }

  stop(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#path = undefined;
  }
}

/** Shows all in one view, and writes it to the log. */
export class LoggedView implements View {
  readonly #shown: View;
  readonly #log: SessionLog;

  constructor(shown: View, log: SessionLog) {
    this.#shown = shown;
    this.#log = log;
  }

  item(item: Item): void {
    this.#shown.item(item);
    this.#log.view.item(item);
  }

  note(text: string, kind: NoteKind): void {
    this.#shown.note(text, kind);
    this.#log.view.note(text, kind);
  }

  text(lines: readonly string[]): void {
    this.#shown.text(lines);
    this.#log.view.text(lines);
  }

  typed(line: string): void {
    this.#shown.typed(line);
    this.#log.typed(line);
  }
}

/** The file of `.trace`. */
export class TraceSwitch {
  readonly #masked: boolean;
  readonly #onFailure: (text: string) => void;
  #file: TraceFile | undefined;
  #path: string | undefined;

  /** `masked`: whether the entries come without secrets. */
  constructor(masked: boolean, onFailure: (text: string) => void) {
    this.#masked = masked;
    this.#onFailure = onFailure;
  }

  /** The file that is written now. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Throws an `ArgumentError` for a file that cannot be written. */
  start(path: string, port: string): void {
    const file = new TraceFile(path, this.#onFailure);
    this.stop();
    this.#file = file;
    this.#path = path;
    file.begin({ port, masked: this.#masked });
  }

  record(entry: TraceEntry): void {
    this.#file?.write(formatTrace(entry));
  }

  stop(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#path = undefined;
  }
}
