/**
 * Turns of the event loop without a timer and without a `setImmediate` before time passes. A packet on a local socket
 * takes one turn a hop, the longest chain of such hops about ten.
 */
const IDLE_TURNS = 60;

/** The same where no socket is involved: streams in memory need a few. */
export const IDLE_TURNS_IN_MEMORY = 4;

type Callback = (...args: unknown[]) => void;

/** What the clock needs to know of a timer. */
interface Schedule {
  /** Virtual ms at which it fires. */
  due: number;
  readonly delay: number;
  readonly repeats: boolean;
  readonly fire: () => void;
}

/** Stands for a `NodeJS.Timeout`; `unref` does nothing, as virtual time passes only while somebody runs the clock. */
class VirtualTimer {
  readonly #pending: Map<VirtualTimer, Schedule>;
  readonly #now: () => number;
  readonly #schedule: Schedule;

  constructor(pending: Map<VirtualTimer, Schedule>, now: () => number, schedule: Schedule) {
    this.#pending = pending;
    this.#now = now;
    this.#schedule = schedule;
    this.refresh();
  }

  /** Starts anew, behind those that are due at the same time. */
  refresh(): this {
    this.#schedule.due = this.#now() + this.#schedule.delay;
    this.#pending.delete(this);
    this.#pending.set(this, this.#schedule);
    return this;
  }

  close(): this {
    this.#pending.delete(this);
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * A clock whose time passes only when nothing is left to do: when the event loop has turned a while with nothing to do, it
 * jumps to the next timer that is due. Nothing is squeezed: whatever takes a second takes a second of virtual time,
 * and the time that the machine needs for its work counts as none, so that no time limit runs out because of it.
 *
 * Takes the place of the global timers, `performance.now` and `Date`; sockets and streams stay
 * real. Timers that Node.js itself has inside (`AbortSignal.timeout`, `timers/promises`) stay real as well.
 */
export class VirtualClock {
  readonly #pending = new Map<VirtualTimer, Schedule>();
  readonly #real = {
    setTimeout,
    setInterval,
    clearTimeout,
    clearInterval,
    setImmediate,
    clearImmediate,
    Date,
  };
  readonly #immediates = new Set<NodeJS.Immediate>();
  readonly #realNow = performance.now.bind(performance);
  readonly #epoch = Date.now();
  readonly #idleTurns: number;
  #now = 0;

  constructor(idleTurns = IDLE_TURNS) {
    this.#idleTurns = idleTurns;
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Virtual ms since the clock was made. */
  get now(): number {
    return this.#now;
  }

  install(): void {
    const set =
      (repeats: boolean) =>
      (callback: Callback, delay?: number, ...args: unknown[]) =>
        this.#set(repeats, () => callback(...args), delay);
    const clear = (timer: unknown): void => {
      if (timer instanceof VirtualTimer) timer.close();
      else this.#real.clearTimeout(timer as NodeJS.Timeout);
    };
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear,
      setImmediate: (callback: Callback, ...args: unknown[]) => this.#setImmediate(() => callback(...args)),
      clearImmediate: (immediate: NodeJS.Immediate) => {
        this.#immediates.delete(immediate);
        this.#real.clearImmediate(immediate);
      },
      Date: this.#dateClass(),
    });
    performance.now = () => this.#now;
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
    performance.now = this.#realNow;
  }

  /** Lets time pass until the work is settled. Throws when nothing is due any more and nothing happens. */
  async run<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const finish = (): void => {
      settled = true;
    };
    work.then(finish, finish);
    for (;;) {
      await this.#idle(() => settled);
      if (settled) return work;
      if (!this.#fireNext(Number.POSITIVE_INFINITY))
        throw new Error('the clock stands still: nothing is due, and the work is not done');
    }
  }

  /** Lets so many ms pass; ends early when `done` says so. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const end = this.#now + ms;
    do {
      await this.#idle(done);
      if (done()) return;
    } while (this.#fireNext(end));
    this.#now = end;
  }

  async #idle(settled: () => boolean): Promise<void> {
    for (let quiet = 0; quiet < this.#idleTurns && !settled(); quiet += 1) {
      if (this.#immediates.size > 0) quiet = 0;
      await new Promise<void>((resolve) => this.#real.setImmediate(resolve));
    }
  }

  /** False if nothing is due until then. */
  #fireNext(until: number): boolean {
    let next: [VirtualTimer, Schedule] | undefined;
    for (const entry of this.#pending) if (next === undefined || entry[1].due < next[1].due) next = entry;
    if (next === undefined || next[1].due > until) return false;
    const [timer, schedule] = next;
    this.#now = Math.max(this.#now, schedule.due);
    this.#pending.delete(timer);
    if (schedule.repeats) timer.refresh();
    schedule.fire();
    return true;
  }

  #set(repeats: boolean, fire: () => void, delay = 0): VirtualTimer {
    // As Node.js: 1 ms at least, and what does not fit 31 bits is 1 ms.
    const ms = delay >= 1 && delay <= 2 ** 31 - 1 ? delay : 1;
    return new VirtualTimer(this.#pending, () => this.#now, { due: 0, delay: ms, repeats, fire });
  }

  #setImmediate(run: () => void): NodeJS.Immediate {
    const immediate = this.#real.setImmediate(() => {
      this.#immediates.delete(immediate);
      run();
    });
    this.#immediates.add(immediate);
    return immediate;
  }

  #dateClass(): typeof Date {
    const now = (): number => this.#epoch + Math.floor(this.#now);
    return new Proxy(this.#real.Date, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });
  }
}
