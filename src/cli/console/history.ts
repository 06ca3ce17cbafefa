import { readState, writeState } from './state-folder.js';
import { maskTyped } from './typed-secrets.js';

/** Lines that are kept. */
const MAX_LINES = 1000;

/** Whether a line may be kept: no secret is in it. */
export function mayBeKept(line: string): boolean {
  return maskTyped(line) === line;
}

/** The lines that were typed, the newest first, over the runs of several consoles. A file that fails is done without. */
export class History {
  readonly #path: string;
  #lines: string[];

  constructor(path: string) {
    this.#path = path;
    const kept = readState(path)
      .split('\n')
      .filter((line) => line !== '');
    this.#lines = [...new Set(kept.reverse())].slice(0, MAX_LINES);
    // Twice as many are allowed to gather before the file is written anew.
    if (kept.length > 2 * MAX_LINES)
      this.#try(() => writeState(path, `${[...this.#lines].reverse().join('\n')}\n`));
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  add(typed: string): void {
    const line = typed.trim();
    if (line === '' || line === this.#lines[0] || !mayBeKept(line)) return;
    this.#lines = [line, ...this.#lines.filter((other) => other !== line)].slice(0, MAX_LINES);
    this.#try(() => writeState(this.#path, `${line}\n`, 'a'));
  }

  #try(write: () => void): void {
    try {
      write();
    } catch {
      // A read-only home is no reason not to type.
    }
  }
}
