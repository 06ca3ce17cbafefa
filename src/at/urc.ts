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

interface Entry {
  readonly urc: Urc<unknown>;
  /** Hands the line to the listener; false if it is not of this shape. */
  deliver(line: Line): boolean;
}

/** The declared unsolicited result codes and who listens to them. */
export class UrcRegistry {
  readonly #entries = new Set<Entry>();
  #counted: readonly CountedHeader[] = [];

  add<T>(urc: Urc<T>, listener: (value: T) => void): () => void {
    const entry: Entry = {
      urc,
      deliver: (line) => {
        const value = urc.parse(line);
        if (value === undefined) return false;
        callListener(() => listener(value));
        return true;
      },
    };
    this.#entries.add(entry);
    this.#collectCounted();
    return () => {
      this.#entries.delete(entry);
      this.#collectCounted();
    };
  }

  /** Whether a declaration has this shape; no listener is called. */
  recognises(line: Line): boolean {
    for (const { urc } of this.#entries) {
      if (line.text.startsWith(urc.name) && urc.parse(line) !== undefined) return true;
    }
    return false;
  }

  /** Hands the line to every listener whose declaration has its shape; false if there is none. */
  dispatch(line: Line): boolean {
    let known = false;
    // A listener may add and remove listeners: one that is added sees the next line, one that is removed none.
    for (const entry of [...this.#entries]) {
      if (this.#entries.has(entry) && line.text.startsWith(entry.urc.name))
        known = entry.deliver(line) || known;
    }
    return known;
  }

  /** The headers of the declared URCs with a length-counted payload. */
  get countedHeaders(): readonly CountedHeader[] {
    return this.#counted;
  }

  #collectCounted(): void {
    this.#counted = [...this.#entries].flatMap(({ urc }) => urc.counted ?? []);
  }
}
