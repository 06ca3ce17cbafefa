import type { CountedHeader, Line } from './line.js';

/**
 * Calls a listener of the user. What it throws becomes an uncaught exception, as from any event listener, but in a
 * tick of its own: the bytes and requests under way do not suffer from it.
 */
export function callListener(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}

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

interface Listener {
  readonly call: (value: unknown) => void;
  /** How many lines had been handed over when it came: it hears later ones only. */
  readonly since: number;
  forgotten: boolean;
}

/** A declaration with its listeners; a list that is in use is not changed but replaced. */
interface Declared {
  readonly urc: Urc<unknown>;
  listeners: readonly Listener[];
  /** The line that was read last, and what it means: a line is asked whose it is before it is handed over. */
  line: Line | undefined;
  value: unknown;
}

/** The declared unsolicited result codes and who listens to them. */
export class UrcRegistry {
  #declared: readonly Declared[] = [];
  #counted: readonly CountedHeader[] = [];
  /** Lines handed over so far. */
  #lines = 0;

  add<T>(urc: Urc<T>, listener: (value: T) => void): () => void {
    const own: Listener = {
      call: (value) => listener(value as T),
      since: this.#lines,
      forgotten: false,
    };
    const known = this.#declared.find((one) => one.urc === urc);
    if (known !== undefined) known.listeners = [...known.listeners, own];
    else this.#replace([...this.#declared, { urc, listeners: [own], line: undefined, value: undefined }]);
    return () => this.#forget(urc, own);
  }

  /** Whether a declaration has this shape; no listener is called. */
  recognises(line: Line): boolean {
    return this.#declared.some((one) => read(one, line) !== undefined);
  }

  /** Hands the line to every listener whose declaration has its shape; false if there is none. */
  dispatch(line: Line): boolean {
    let known = false;
    this.#lines += 1;
    const lines = this.#lines;
    // A listener may add and remove listeners: one that is added sees the next line, one that is removed none.
    for (const declared of this.#declared) {
      const value = read(declared, line);
      if (value === undefined) continue;
      declared.line = undefined;
      declared.value = undefined;
      for (const listener of declared.listeners) {
        if (listener.forgotten || listener.since >= lines) continue;
        known = true;
        callListener(() => listener.call(value));
      }
    }
    return known;
  }

  /** The headers of the declared URCs with a length-counted payload. */
  get countedHeaders(): readonly CountedHeader[] {
    return this.#counted;
  }

  #forget(urc: Urc<unknown>, listener: Listener): void {
    if (listener.forgotten) return;
    listener.forgotten = true;
    for (const one of this.#declared) {
      if (one.urc === urc) one.listeners = one.listeners.filter((other) => other !== listener);
    }
    this.#replace(this.#declared.filter(({ listeners }) => listeners.length > 0));
  }

  #replace(declared: readonly Declared[]): void {
    this.#declared = declared;
    this.#counted = declared.flatMap(({ urc }) => urc.counted ?? []);
  }
}

function read(declared: Declared, line: Line): unknown {
  if (declared.line === line) return declared.value;
  const { urc } = declared;
  if (!line.text.startsWith(urc.name)) return undefined;
  declared.line = line;
  declared.value = urc.parse(line);
  return declared.value;
}
