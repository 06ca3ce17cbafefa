/**
 * Attempts whose end the ledger would not take: a disk that was full, another process that held it. They stay open
 * there, so they are ended before the next one begins.
 */
export class OpenEnds {
  readonly #ends = new Set<() => void>();

  /** Runs `end`, which writes to the ledger; if that fails it is kept, and the error is returned. */
  end(end: () => void): unknown {
    try {
      end();
      return undefined;
    } catch (error) {
      this.#ends.add(end);
      return error;
    }
  }

  /** Tries all of them again; throws the error of the first that fails. */
  settle(): void {
    for (const end of this.#ends) {
      end();
      this.#ends.delete(end);
    }
  }
}
