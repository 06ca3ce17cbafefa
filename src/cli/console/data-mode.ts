import { onAbort } from '../../util/abort.js';
import { deferred } from '../../util/deferred.js';

/** Bytes that the module takes now, or that the console gathers before it sends the line. */
export interface DataMode {
  /** Bytes in all; undefined: until Ctrl-Z or Esc. */
  readonly wanted: number | undefined;
  /** Bytes given so far. */
  readonly given: number;
}

/**
 * The state of data mode: how many bytes are wanted, how many were given. Bytes go to the module as they come, except
 * those that are gathered, as the driver wants all of them before it sends the command line.
 */
export class DataGathering {
  readonly #changed: () => void;
  #mode: DataMode | undefined;
  #prepared: Buffer | undefined;
  #gathered: Buffer[] = [];
  #complete: ((payload: Buffer) => void) | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get mode(): DataMode | undefined {
    return this.#mode;
  }

  /** Whether all the bytes of a counted payload were given. */
  get complete(): boolean {
    return this.#mode?.wanted !== undefined && this.#mode.given >= this.#mode.wanted;
  }

  /** A payload that answers the next prompt by itself. */
  prepare(payload: Buffer | undefined): void {
    this.#prepared = payload;
  }

  /**
   * The prompt has come; gives the payload that was prepared for it. With all the bytes that are wanted in it nobody is
   * asked for any: data mode is over before it begins.
   */
  begin(wanted: number | undefined): Buffer | undefined {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    const complete = prepared !== undefined && wanted !== undefined && prepared.length >= wanted;
    if (!complete) this.#set({ wanted, given: 0 });
    return prepared;
  }

  /** Counts bytes; true: they are gathered here, nobody has to write them. */
  add(bytes: Buffer): boolean {
    if (this.#mode === undefined) return false;
    this.#set({ ...this.#mode, given: this.#mode.given + bytes.length });
    if (this.#complete === undefined) return false;
    this.#gathered.push(bytes);
    if (this.complete) {
      this.#complete(Buffer.concat(this.#gathered));
      this.leave();
    }
    return true;
  }

  /** Resolves when so many bytes were given; with undefined when the signal aborts. */
  async gather(wanted: number, signal: AbortSignal): Promise<Buffer | undefined> {
    const { promise, resolve } = deferred<Buffer | undefined>();
    this.#gathered = [];
    this.#complete = resolve;
    this.#set({ wanted, given: 0 });
    const forget = onAbort(signal, () => resolve(undefined));
    try {
      return await promise;
    } finally {
      forget();
      this.#complete = undefined;
      this.leave();
    }
  }

  leave(): void {
    this.#prepared = undefined;
    if (this.#mode !== undefined) this.#set(undefined);
  }

  #set(mode: DataMode | undefined): void {
    this.#mode = mode;
    this.#changed();
  }
}
