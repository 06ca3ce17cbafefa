/** The commands that were accepted and have no result yet. */
export class PendingResults {
  readonly #names = new Map<symbol, string>();

  /** Counts a command from now on until the returned function is called. */
  begin(name: string): () => void {
    const token = Symbol(name);
    this.#names.set(token, name);
    return () => {
      this.#names.delete(token);
    };
  }

  count(name: string): number {
    let count = 0;
    for (const other of this.#names.values()) if (other === name) count += 1;
    return count;
  }

  /** No result will come any more. */
  clear(): void {
    this.#names.clear();
  }
}
