import type { ModemError } from '../../errors/modem-error.js';
import type { OutboxMessage, Trials } from './entry.js';

/** What one commit writes. */
export interface Changes {
  readonly added: readonly OutboxMessage[];
  readonly tried: ReadonlyMap<number, Trials>;
  readonly removed: ReadonlySet<number>;
}

export interface ChangeFile {
  /** All or nothing; added messages are on the disk when it returns. Throws `OUTBOX_UNUSABLE`. */
  write(changes: Changes): void;
  close(): void;
}

interface Addition {
  readonly message: OutboxMessage;
  readonly done: (error?: ModemError) => void;
}

/** Gathers the changes of one turn of the event loop into one commit: many publishes cost one fsync. */
export class FileStore {
  readonly #file: ChangeFile;
  readonly #trouble: (error: ModemError) => void;
  #added = new Map<number, Addition>();
  readonly #tried = new Map<number, Trials>();
  readonly #removed = new Set<number>();
  #scheduled: NodeJS.Immediate | undefined;

  /** `trouble` hears of failures that no message is told of; what could not be written is tried again with the next. */
  constructor(file: ChangeFile, trouble: (error: ModemError) => void) {
    this.#file = file;
    this.#trouble = trouble;
  }

  /** `done` is called once, unless the message is removed before. */
  add(message: OutboxMessage, done: (error?: ModemError) => void): void {
    this.#added.set(message.id, { message, done });
    this.#schedule();
  }

  tried(id: number, trials: Trials): void {
    this.#tried.set(id, trials);
    this.#schedule();
  }

  remove(id: number): void {
    this.#tried.delete(id);
    if (this.#added.delete(id)) return;
    this.#removed.add(id);
    this.#schedule();
  }

  commit(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const additions = [...this.#added.values()];
    this.#added = new Map();
    const error = this.#write(additions.map(({ message }) => message));
    for (const { done } of additions) done(error);
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.commit();
    clearImmediate(this.#scheduled);
    this.#file.close();
  }

  #write(added: readonly OutboxMessage[]): ModemError | undefined {
    if (added.length + this.#tried.size + this.#removed.size === 0) return undefined;
    try {
      this.#file.write({ added, tried: this.#tried, removed: this.#removed });
    } catch (error) {
      if (this.#tried.size + this.#removed.size > 0) this.#trouble(error as ModemError);
      return error as ModemError;
    }
    this.#tried.clear();
    this.#removed.clear();
    return undefined;
  }

  #schedule(): void {
    this.#scheduled ??= setImmediate(() => this.commit());
  }
}
