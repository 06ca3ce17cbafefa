import type { Outcome } from '../harness/verdict.js';
import type { Cell } from './matrix.js';

const WORDS: Readonly<Record<Outcome, string>> = {
  ok: 'ok',
  fail: '**fail**',
  'not run': 'not run',
  'not visible': 'not visible',
};

/** Numbers the reasons, in the order in which cells name them; the same reason has one number. */
export class Footnotes {
  readonly #numbers = new Map<string, number>();

  /** The outcome, with the number of what is to be said of it. */
  show(cell: Cell | undefined): string {
    if (cell === undefined) return '';
    const { outcome, note } = cell;
    // How many came twice differs from run to run.
    if (note === '' || note.startsWith('repeats')) return WORDS[outcome];
    return `${WORDS[outcome]} [${this.#number(note)}]`;
  }

  /** The reasons, each a line of a list. */
  lines(): string[] {
    return [...this.#numbers].map(([note, number]) => `${number}. ${note}`);
  }

  #number(note: string): number {
    const known = this.#numbers.get(note);
    if (known !== undefined) return known;
    const next = this.#numbers.size + 1;
    this.#numbers.set(note, next);
    return next;
  }
}
