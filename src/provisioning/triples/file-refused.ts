import { ModemError } from '../../errors/modem-error.js';

/** How many problems of a file are told one by one. */
export const MAX_PROBLEMS = 20;

/** What is wrong with a file, or with a line of it; never with a value in it: that could be a secret. */
export interface FileProblem {
  /** From 1, as an editor counts them. */
  readonly line?: number;
  /** As our documentation spells it, e.g. `DeviceSecret`. */
  readonly column?: string;
  readonly text: string;
}

/** `FILE_REFUSED`: nothing of the file was taken. */
export class FileRefusedError extends ModemError {
  /** What the file is called. */
  readonly source: string;
  /** The first of them, at most `MAX_PROBLEMS`. */
  readonly problems: readonly FileProblem[];
  /** All of them. */
  readonly count: number;

  constructor(source: string, problems: readonly FileProblem[], count: number = problems.length) {
    const shown = problems.slice(0, MAX_PROBLEMS);
    const more = count > shown.length ? `; and ${count - shown.length} more` : '';
    super('FILE_REFUSED', `${source} is refused as a whole: ${shown.map(problemText).join('; ')}${more}`);
    this.source = source;
    this.problems = shown;
    this.count = count;
  }
}

/** `line 3, DeviceSecret: it is empty` */
export function problemText({ line, column, text }: FileProblem): string {
  const place = [line === undefined ? [] : `line ${line}`, column ?? []].flat();
  return place.length === 0 ? text : `${place.join(', ')}: ${text}`;
}

/** Gathers the problems of a file; of those that nobody will be told it keeps the count alone. */
export class ProblemList {
  readonly #source: string;
  readonly #shown: FileProblem[] = [];
  #count = 0;

  constructor(source: string) {
    this.#source = source;
  }

  add(problem: FileProblem): void {
    this.#count += 1;
    if (this.#shown.length < MAX_PROBLEMS) this.#shown.push(problem);
  }

  /** Throws a `FileRefusedError` if there is any problem. */
  throwIfAny(): void {
    if (this.#count > 0) throw new FileRefusedError(this.#source, this.#shown, this.#count);
  }
}
