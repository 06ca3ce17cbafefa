import { closeSync, openSync } from 'node:fs';
import type Libsql from 'libsql';
import type { KeptMessage, KeptMessages, OutboxMessage, Trials } from './entry.js';
import { fileError } from './file-errors.js';
import type { ChangeFile, Changes } from './file-store.js';
import { prepareSchema } from './schema.js';

/** A row of the table `message`. */
interface Row {
  readonly id: number;
  readonly topic: string;
  readonly payload: ArrayBuffer;
  readonly qos: OutboxMessage['qos'];
  readonly retain: number;
  readonly accepted_at: number;
  readonly expires_at: number | null;
  readonly attempts: number;
  readonly failure: string | null;
}

export interface OpenFileOptions {
  /** Make the file if there is none, default true. */
  readonly create?: boolean;
}

/**
 * The messages in an SQLite file, with a write-ahead log. It is locked while it is open; the lock ends with the
 * process, so a killed one leaves nothing behind that must be cleared away.
 */
export class OutboxFile implements ChangeFile {
  readonly #path: string;
  readonly #database: Libsql.Database;
  #closed = false;

  private constructor(path: string, database: Libsql.Database) {
    this.#path = path;
    this.#database = database;
  }

  /** Rejects with `OUTBOX_BUSY` if another process has it open, and `OUTBOX_UNUSABLE` if it cannot be used. */
  static async open(path: string, { create = true }: OpenFileOptions = {}): Promise<OutboxFile> {
    let database: Libsql.Database | undefined;
    try {
      touch(path, create);
      const { default: Database } = await import('libsql');
      database = new Database(path);
      prepareSchema(database);
      return new OutboxFile(path, database);
    } catch (error) {
      database?.close();
      throw fileError(path, 'opened', error);
    }
  }

  load(): KeptMessages {
    return this.#try('read', () => {
      const rows = this.#database.prepare('SELECT * FROM message ORDER BY id').all() as readonly Row[];
      // The one row of the table that AUTOINCREMENT keeps.
      const last = this.#database.prepare('SELECT seq FROM sqlite_sequence').get();
      return { messages: rows.map(keptMessage), lastId: (last as { seq: number } | undefined)?.seq ?? 0 };
    });
  }

  write(changes: Changes): void {
    this.#try('written', () => {
      // A message must be on the disk; that another one is gone may be lost in a power cut: it goes out twice then.
      this.#database.exec(`PRAGMA synchronous = ${changes.added.length > 0 ? 'FULL' : 'NORMAL'}`);
      this.#database.exec('BEGIN');
      this.#insert(changes.added);
      for (const [id, trials] of changes.tried) this.#update(id, trials);
      const remove = this.#database.prepare('DELETE FROM message WHERE id = ?');
      for (const id of changes.removed) remove.run(id);
      this.#database.exec('COMMIT');
    });
  }

  /** Leaves one file without its log. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      // Prepared statements keep the connection open until they are collected: the lock must go before that. And
      // SQLite gives up an exclusive lock only outside of WAL, at the next access.
      this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
      this.#database.prepare('SELECT id FROM message LIMIT 1').get();
    } catch {
      // What is committed is in the log: the next one to open the file finds it there.
    }
    this.#database.close();
  }

  #insert(messages: readonly OutboxMessage[]): void {
    const insert = this.#database.prepare(
      `INSERT INTO message (id, topic, payload, qos, retain, accepted_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const { id, topic, payload, qos, retain, acceptedAt, expiresAt } of messages) {
      insert.run(id, topic, payload, qos, retain ? 1 : 0, acceptedAt, expiresAt ?? null);
    }
  }

  #update(id: number, { attempts, failure }: Trials): void {
    const update = this.#database.prepare('UPDATE message SET attempts = ?, failure = ? WHERE id = ?');
    update.run(attempts, failure ?? null, id);
  }

  #try<T>(what: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw fileError(this.#path, what, error);
    }
  }
}

/** Payloads are nobody else's business: SQLite gives its log the rights of the file. */
function touch(path: string, create: boolean): void {
  closeSync(openSync(path, create ? 'a' : 'r+', 0o600));
}

function keptMessage(row: Row): KeptMessage {
  const { id, topic, qos, attempts } = row;
  const message: OutboxMessage = {
    id,
    topic,
    payload: Buffer.from(row.payload),
    qos,
    retain: row.retain === 1,
    acceptedAt: row.accepted_at,
    expiresAt: row.expires_at ?? undefined,
  };
  return { message, attempts, failure: row.failure ?? undefined };
}
