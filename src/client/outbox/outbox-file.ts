import { statSync } from 'node:fs';
import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';
import type { KeptMessage, KeptMessages, OutboxMessage, Trials } from './entry.js';
import { fileError, isFull, noRoomError } from './file-errors.js';
import { bytesOf, type ChangeFile, type Changes } from './file-store.js';
import { claim, type OpenFile } from './open-files.js';
import { Reserve } from './reserve.js';
import { letGo, prepareSchema, unlock } from './schema.js';

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

/** Bytes by which a commit may make the file grow beside its messages: inner pages, the last ones half full. */
const SLACK = 16 * 1024;

/** Bytes of a page of SQLite, by default. */
const PAGE = 4096;

/** On a full disk: messages that one commit deletes, and pages that it gives back, so that its log stays short. */
const STEP = 2;
const STEP_PAGES = 2;

/**
 * The messages in an SQLite file, with a write-ahead log. It is locked while it is open; the lock ends with the
 * process, so a killed one leaves nothing behind that must be cleared away.
 *
 * To delete messages takes room on the disk, too. So no message is accepted unless there is a reserve, and the log never
 * holds more than the reserve that the file must still grow by: on a full disk the reserve is given up, the log is
 * written back, and from then on its blocks are used again and again, whoever fills the disk meanwhile.
 */
export class OutboxFile implements ChangeFile {
  readonly #path: string;
  readonly #database: Libsql.Database;
  readonly #reserve: Reserve;
  readonly #place: OpenFile;
  #closed = false;

  private constructor(path: string, database: Libsql.Database, reserve: Reserve, place: OpenFile) {
    this.#path = path;
    this.#database = database;
    this.#reserve = reserve;
    this.#place = place;
  }

  /** Rejects with `OUTBOX_BUSY` if it is open elsewhere or in this process, `OUTBOX_UNUSABLE` if it cannot be used. */
  static async open(path: string, { create = true }: OpenFileOptions = {}): Promise<OutboxFile> {
    let database: Libsql.Database | undefined;
    let place: OpenFile | undefined;
    try {
      place = claim(path, create);
      const { default: Database } = await import('libsql');
      const reserve = new Reserve(path);
      database = place.takeOver() ?? new Database(path);
      prepare(database, path, reserve);
      // A long log is room that nothing else can use.
      database.exec(`PRAGMA wal_autocheckpoint = ${Math.floor(reserve.size / PAGE)}`);
      return new OutboxFile(path, database, reserve, place);
    } catch (error) {
      // A file that is no outbox stays as it is.
      if (database !== undefined && isFull(error)) place?.leave(database, unlock(database));
      else place?.leave(database, database && letGo(database));
      throw error instanceof ModemError ? error : fileError(path, 'opened', error);
    }
  }

  /** Bytes of messages, as `bytesOf` counts them, that one `write` can take; a single message always fits. */
  get capacity(): number {
    try {
      // How much room there is shows when it is taken.
      this.#reserve.hold();
    } catch {
      // `write` says why.
    }
    return (this.#reserve.size - SLACK) / 2;
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
      try {
        if (changes.added.length > 0) this.#requireRoom(changes.added);
        this.#commit(changes);
      } catch (error) {
        if (!isFull(error)) throw error;
        if (changes.added.length === 0) this.#remove(changes);
        else if (this.#tryWriteBack('TRUNCATE') && this.#reserve.hold()) this.#commit(changes);
        else throw error;
      }
    });
  }

  /** Leaves one file without its log; beside it the reserve if it holds messages. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const empty = this.#tidy();
    let unlocked = unlock(this.#database);
    if (!unlocked) {
      this.#reserve.release();
      unlocked = unlock(this.#database);
    }
    this.#place.leave(this.#database, unlocked);
    this.#leaveReserve(empty);
  }

  /** True if no message is left; the room that they took is given back then. */
  #tidy(): boolean {
    try {
      if (this.#database.prepare('SELECT id FROM message LIMIT 1').get() !== undefined) return false;
      this.#database.exec('PRAGMA incremental_vacuum');
      return true;
    } catch {
      return false;
    }
  }

  #leaveReserve(empty: boolean): void {
    try {
      if (empty) this.#reserve.release();
      else this.#reserve.hold();
    } catch {
      // The next one to open the file makes one, or says why there is none.
    }
  }

  /** What the messages add to the log must fit the file later, if need be with the help of the reserve. */
  #requireRoom(messages: readonly OutboxMessage[]): void {
    if (!this.#reserve.hold()) throw noRoomError();
    const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
    if (this.#growth() + 2 * bytes + SLACK > this.#reserve.size) this.#writeBack('PASSIVE');
  }

  /** Bytes by which the file grows when the log is written back. */
  #growth(): number {
    const pages = this.#pragma('page_count');
    return pages * this.#pragma('page_size') - statSync(this.#path).size;
  }

  #commit({ added, tried, removed }: Changes, pagesToFree = 0): void {
    try {
      // A message must be on the disk; that another one is gone may be lost in a power cut: it goes out twice then.
      this.#database.exec(`PRAGMA synchronous = ${added.length > 0 ? 'FULL' : 'NORMAL'}; BEGIN`);
      this.#insert(added);
      for (const [id, trials] of tried) this.#update(id, trials);
      const remove = this.#database.prepare('DELETE FROM message WHERE id = ?');
      for (const id of removed) remove.run([id]);
      // Does nothing in a file of an early version: its pages wait for later messages.
      if (pagesToFree > 0) this.#database.exec(`PRAGMA incremental_vacuum(${pagesToFree})`);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /**
   * On a full disk, with the room of the reserve. Step by step: each uses the blocks of the log that the one before has
   * used.
   */
  #remove({ tried, removed }: Changes): void {
    const steps: Changes[] = [];
    for (const one of tried) steps.push({ added: [], tried: new Map([one]), removed: new Set() });
    const ids = [...removed];
    for (let start = 0; start < ids.length; start += STEP) {
      steps.push({ added: [], tried: new Map(), removed: new Set(ids.slice(start, start + STEP)) });
    }
    this.#reserve.release();
    // A short log keeps its blocks, so that nobody else can take them.
    this.#tryWriteBack(this.#reserve.isShort(logOf(this.#path)) ? 'PASSIVE' : 'TRUNCATE');
    this.#reserve.lengthen(logOf(this.#path));
    for (const step of steps) {
      this.#commit(step, STEP_PAGES);
      this.#tryWriteBack('PASSIVE');
    }
    this.#reserve.hold();
  }

  #writeBack(mode: 'PASSIVE' | 'TRUNCATE'): void {
    this.#database.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
  }

  #tryWriteBack(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
    try {
      this.#writeBack(mode);
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  #pragma(name: string): number {
    return (this.#database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name] ?? 0;
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

  /** SQLite rolls back by itself after some errors of the disk. */
  #rollBack(): void {
    try {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The next BEGIN reports what is wrong.
    }
  }

  /** Native code must not get a database that was closed: it ends the process. */
  #try<T>(what: string, run: () => T): T {
    if (this.#closed) throw new ModemError('CLOSED', `the outbox ${this.#path} was closed`);
    try {
      return run();
    } catch (error) {
      throw fileError(this.#path, what, error);
    }
  }
}

/** To open a file takes room for its log. */
function prepare(database: Libsql.Database, path: string, reserve: Reserve): void {
  try {
    prepareSchema(database);
  } catch (error) {
    if (!isFull(error)) throw error;
    reserve.give(SLACK);
    prepareSchema(database);
    reserve.release();
    reserve.lengthen(logOf(path));
  }
}

function logOf(path: string): string {
  return `${path}-wal`;
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
