/** What was started and must be closed again, the last one first. */
export class Resources {
  readonly #closers: (() => Promise<unknown>)[] = [];

  /** Gives the resource back, for use. */
  add<T>(resource: T, close: (resource: T) => Promise<unknown>): T {
    this.#closers.push(() => close(resource));
    return resource;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
  }
}
