import type { ModemError } from '../../errors/modem-error.js';
import type { OutboxMessage, Trials } from './entry.js';

/** What one commit writes. */
export interface Changes {
  readonly added: readonly OutboxMessage[];
  readonly tried: ReadonlyMap<number, Trials>;
  readonly removed: ReadonlySet<number>;
}

export interface ChangeFile {
  /** Bytes of messages, as `bytesOf` counts them, that one `write` can take; a single message always fits. */
  readonly capacity: number;
  /** All or nothing; added messages are on the disk when it returns. Throws `OUTBOX_UNUSABLE`. */
  write(changes: Changes): void;
  close(): void;
}

interface Addition {
  readonly message: OutboxMessage;
  readonly done: (error?: ModemError) => void;
}

/** Bytes that a row takes beside topic and payload, at most. */
const ROW = 64;

/** What a message counts as in a commit. */
export function bytesOf({ topic, payload }: OutboxMessage): number {
  return Buffer.byteLength(topic) + payload.length + ROW;
}

/** Gathers the changes of one turn of the event loop into one commit, or a few: many publishes cost one fsync. */
export class FileStore {
  readonly #file: ChangeFile;
  readonly #trouble: (error: ModemError) => void;
  #added = new Map<number, Addition>();
  readonly #tried = new Map<number, Trials>();
  readonly #removed = new Set<number>();
  #scheduled: NodeJS.Immediate | undefined;
  #closed = false;

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
    if (this.#closed) return;
    const additions = [...this.#added.values()];
    this.#added = new Map();
    for (const part of this.#parts(additions)) {
      const error = this.#write(part.map(({ message }) => message));
      for (const { done } of part) done(error);
    }
    this.#writeEnds();
  }

  /** Writes what is left and closes the file. May be called again; nothing is written after that. */
  close(): void {
    if (this.#closed) return;
    this.commit();
    this.#closed = true;
    clearImmediate(this.#scheduled);
    this.#file.close();
  }

  /** Additions that share a commit. */
  #parts(additions: readonly Addition[]): Addition[][] {
    const parts: Addition[][] = [];
    let room = 0;
    for (const addition of additions) {
      const bytes = bytesOf(addition.message);
      if (bytes > room || parts.length === 0) {
        parts.push([]);
        room = this.#file.capacity;
      }
      room -= bytes;
      parts.at(-1)?.push(addition);
    }
    return parts;
  }

  /** New messages, and what became of earlier ones with them. */
  #write(added: readonly OutboxMessage[]): ModemError | undefined {
    try {
      this.#file.write({ added, tried: this.#tried, removed: this.#removed });
    } catch (error) {
      return error as ModemError;
    }
    this.#tried.clear();
    this.#removed.clear();
    return undefined;
  }

  /** What became of earlier messages can often be written where a new one finds no room. */
  #writeEnds(): void {
    if (this.#tried.size + this.#removed.size === 0) return;
    const error = this.#write([]);
    if (error !== undefined) this.#trouble(error);
  }

  #schedule(): void {
    if (!this.#closed) this.#scheduled ??= setImmediate(() => this.commit());
  }
}
