/** What the clock needs to know of a timer. */
export interface Schedule {
  /** Virtual ms at which it fires. */
  due: number;
  readonly delay: number;
  readonly repeats: boolean;
  readonly fire: () => void;
}

/** Stands for a `NodeJS.Timeout`; `unref` does nothing, as virtual time passes only while somebody runs the clock. */
export class VirtualTimer {
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
