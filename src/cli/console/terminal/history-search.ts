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
