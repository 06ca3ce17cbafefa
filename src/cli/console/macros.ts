import { ModemError } from '../../errors/modem-error.js';
import { mayBeKept } from './history.js';
import { readState, writeState } from './state-folder.js';

/** Named lines, kept from one run to the next, except those with a secret in them. */
export class Macros {
  readonly #path: string;
  readonly #macros: Map<string, readonly string[]>;

  constructor(path: string) {
    this.#path = path;
    this.#macros = new Map(parse(readState(path)));
  }

  get all(): ReadonlyMap<string, readonly string[]> {
    return this.#macros;
  }

  /** Whether it will be there the next time. */
  define(name: string, lines: readonly string[]): boolean {
    if (!/^[\w-]+$/.test(name)) {
      throw new ModemError('INVALID_ARGUMENT', `${name}: a macro is named with letters, digits, - and _`);
    }
    this.#macros.set(name, lines);
    return this.#save() && lines.every(mayBeKept);
  }

  /** False if there is none of that name. */
  remove(name: string): boolean {
    const removed = this.#macros.delete(name);
    if (removed) this.#save();
    return removed;
  }

  #save(): boolean {
    const kept = [...this.#macros].filter(([, lines]) => lines.every(mayBeKept));
    try {
      writeState(this.#path, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
      return true;
    } catch {
      return false;
    }
  }
}

/** A file that is none of ours counts as empty. */
function parse(text: string): [string, readonly string[]][] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).filter((entry): entry is [string, string[]] => {
      const lines: unknown = entry[1];
      return Array.isArray(lines) && lines.every((line) => typeof line === 'string');
    });
  } catch {
    return [];
  }
}
