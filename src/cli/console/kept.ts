import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { ModemError } from '../../errors/modem-error.js';
import { maskTyped } from './typed-line.js';

/** What was typed may tell of topics and payloads: nobody else's business. */
const OWNER_ONLY = 0o600;
const FOLDER_MODE = 0o700;

/**
 * A file that keeps what happened from one run to the next: `$XDG_STATE_HOME/atmqtt/<name>`, else
 * `~/.local/state/atmqtt/<name>` [D: XDG Base Directory 0.8; a path that is not absolute does not count].
 */
export function stateFile(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const wanted = environment.XDG_STATE_HOME ?? '';
  const base = isAbsolute(wanted) ? wanted : join(homedir(), '.local', 'state');
  return join(base, 'atmqtt', name);
}

/** The text of the file; empty when there is none, or when it cannot be read. */
function readState(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes the file, or adds to its end; throws what the file system says. */
function writeState(path: string, text: string, flag: 'w' | 'a' = 'w'): void {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  writeFileSync(path, text, { flag, mode: OWNER_ONLY });
  chmodSync(path, OWNER_ONLY);
}

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
