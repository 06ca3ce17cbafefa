import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The file that was found at a path. A database goes on with the file that it has opened, whatever stands at the path by
 * then: https://www.sqlite.org/howtocorrupt.html section 2.3 [D]. Two stations would give out the same triples, each in
 * a file of its own.
 */
export class FilePlace {
  readonly path: string;
  readonly #resolved: string;
  readonly #file: string;

  /** Throws what the file system says. */
  constructor(path: string) {
    this.path = path;
    // The folder of the process can change.
    this.#resolved = resolve(path);
    this.#file = identityOf(this.#resolved) ?? '';
  }

  /** Throws a plain `Error` if the file is not there any more, or another one is. */
  requireSameFile(): void {
    const found = identityOf(this.#resolved);
    if (found === this.#file) return;
    const what = found === undefined ? 'was taken away or renamed' : 'was replaced by another file';
    throw new Error(`it ${what} while it was open: end all stations and commands, and start again`);
  }
}

/** Undefined if there is none. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}
