import { ModemError } from '../../errors/modem-error.js';

/** How many problems of a file are told one by one. */
const MAX_PROBLEMS = 20;

/** What is wrong with a file, or with a line of it; never with a secret in it. */
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

  /** What helps against all of them. */
  readonly advice: string | undefined;

  constructor(
    source: string,
    problems: readonly FileProblem[],
    { count = problems.length, advice }: { readonly count?: number; readonly advice?: string } = {},
  ) {
    const shown = problems.slice(0, MAX_PROBLEMS);
    const more = count > shown.length ? `; and ${count - shown.length} more` : '';
    const end = advice === undefined ? '' : ` (${advice})`;
    super(
      'FILE_REFUSED',
      `${source} is refused as a whole: ${shown.map(problemText).join('; ')}${more}${end}`,
    );
    this.advice = advice;
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

  /** Those that are told one by one. */
  get shown(): readonly FileProblem[] {
    return this.#shown;
  }

  /** All of them. */
  get count(): number {
    return this.#count;
  }

  /** Throws a `FileRefusedError` if there is any problem; `advice` is what helps against all of them. */
  throwIfAny(advice?: string): void {
    if (this.#count === 0) return;
    const count = this.#count;
    throw new FileRefusedError(
      this.#source,
      this.#shown,
      advice === undefined ? { count } : { count, advice },
    );
  }
}
