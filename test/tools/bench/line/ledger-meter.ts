import { LedgerFile } from '../../../../src/provisioning/ledger/ledger-file.js';
import type { Statements } from '../../../../src/provisioning/ledger/statements.js';

/** What the ledger cost. Times in ms; the event loop stands still meanwhile. */
export interface LedgerCost {
  /** Commits that are on the disk when they return, and those that are not. */
  readonly synced: number;
  readonly noted: number;
  readonly spent: number;
  readonly longest: number;
}

/** Counts every commit of this process, and the time in it, until `end`. */
export class LedgerMeter {
  readonly #methods = { write: LedgerFile.prototype.write, note: LedgerFile.prototype.note };
  #cost: LedgerCost = { synced: 0, noted: 0, spent: 0, longest: 0 };

  constructor() {
    const { write, note } = this.#methods;
    const timed = <T>(run: () => T, kind: 'synced' | 'noted'): T => this.#timed(run, kind);
    LedgerFile.prototype.write = function <T>(this: LedgerFile, run: (sql: Statements) => T): T {
      return timed(() => write.call(this, run) as T, 'synced');
    };
    LedgerFile.prototype.note = function <T>(this: LedgerFile, run: (sql: Statements) => T): T {
      return timed(() => note.call(this, run) as T, 'noted');
    };
  }

  end(): LedgerCost {
    Object.assign(LedgerFile.prototype, this.#methods);
    return this.#cost;
  }

  #timed<T>(run: () => T, kind: 'synced' | 'noted'): T {
    const start = performance.now();
    try {
      return run();
    } finally {
      const ms = performance.now() - start;
      const { spent, longest } = this.#cost;
      const count = this.#cost[kind] + 1;
      this.#cost = { ...this.#cost, [kind]: count, spent: spent + ms, longest: Math.max(longest, ms) };
    }
  }
}
