interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** One turn of the event loop: what streams and promises have to do is done. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Turns after which nothing happens any more unless a timer fires: streams in memory need a few. */
const QUIET_TURNS = 4;

/** Stands in for the timers of Node, so that hours pass in no time, and in the same order each time. */
export class VirtualClock {
  readonly #alarms = new Map<object, Alarm>();
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  #now = 0;

  install(): void {
    const set = (ring: () => void, ms = 1): object => {
      const handle = { ref: () => handle, unref: () => handle, hasRef: () => true };
      this.#alarms.set(handle, { at: this.#now + Math.max(1, ms), ring });
      return handle;
    };
    globalThis.setTimeout = set as unknown as typeof globalThis.setTimeout;
    globalThis.clearTimeout = ((handle: object) => {
      this.#alarms.delete(handle);
    }) as typeof globalThis.clearTimeout;
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#alarms.size;
  }

  /** Lets so many ms pass; ends early when `done` says so. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      for (let turns = 0; turns < QUIET_TURNS; turns += 1) await turn();
      if (done()) return;
      const next = this.#next();
      if (next === undefined || next[1].at > end) break;
      this.#alarms.delete(next[0]);
      this.#now = next[1].at;
      next[1].ring();
    }
    this.#now = end;
  }

  #next(): readonly [object, Alarm] | undefined {
    let first: readonly [object, Alarm] | undefined;
    for (const entry of this.#alarms) if (first === undefined || entry[1].at < first[1].at) first = entry;
    return first;
  }
}
