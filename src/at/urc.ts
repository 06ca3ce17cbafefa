import { callListener } from './call-listener.js';
import type { CountedHeader, Line } from './line.js';

/** The declaration of one unsolicited result code, for both directions. */
export interface Urc<T> {
  /** What the line starts with, e.g. `+CEREG`. */
  readonly name: string;
  /** The value of the line, or undefined if it is not of this shape. The name alone never decides. */
  parse(line: Line): T | undefined;
  /** The line as the TA sends it. */
  format(value: T): Line;
  /** For lines with a length-counted payload. */
  readonly counted?: CountedHeader;
}

type Listener = (value: unknown) => void;

/** The declared unsolicited result codes and who listens to them. */
export class UrcRegistry {
  readonly #listeners = new Map<Urc<unknown>, Set<Listener>>();
  #counted: readonly CountedHeader[] = [];
  /** What the line that was read last means by each declaration: it is asked whose it is before it is handed over. */
  #line: Line | undefined;
  readonly #values = new Map<Urc<unknown>, unknown>();

  add<T>(urc: Urc<T>, listener: (value: T) => void): () => void {
    // One function may listen twice.
    const own: Listener = (value) => listener(value as T);
    const listeners = this.#listeners.get(urc) ?? new Set();
    this.#listeners.set(urc, listeners.add(own));
    this.#collectCounted();
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(urc) === listeners) this.#listeners.delete(urc);
      this.#collectCounted();
    };
  }

  /** Whether a declaration has this shape; no listener is called. */
  recognises(line: Line): boolean {
    for (const urc of this.#listeners.keys()) if (this.#read(urc, line) !== undefined) return true;
    return false;
  }

  /** Hands the line to every listener whose declaration has its shape; false if there is none. */
  dispatch(line: Line): boolean {
    let known = false;
    // A listener may add and remove listeners: one that is added sees the next line, one that is removed none.
    for (const [urc, listeners] of [...this.#listeners]) {
      const value = this.#read(urc, line);
      if (value === undefined) continue;
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        known = true;
        callListener(() => listener(value));
      }
    }
    this.#line = undefined;
    this.#values.clear();
    return known;
  }

  /** The headers of the declared URCs with a length-counted payload. */
  get countedHeaders(): readonly CountedHeader[] {
    return this.#counted;
  }

  #read(urc: Urc<unknown>, line: Line): unknown {
    if (!line.text.startsWith(urc.name)) return undefined;
    if (this.#line !== line) {
      this.#line = line;
      this.#values.clear();
    }
    if (!this.#values.has(urc)) this.#values.set(urc, urc.parse(line));
    return this.#values.get(urc);
  }

  #collectCounted(): void {
    this.#counted = [...this.#listeners.keys()].flatMap(({ counted }) => counted ?? []);
  }
}
