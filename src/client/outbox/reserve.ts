import { randomBytes } from 'node:crypto';
import { appendFileSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes: enough for SQLite to delete a handful of messages and to write back a short log. */
const SMALLEST = 64 * 1024;
const LARGEST = 1024 * 1024;

/** Of the room that is free when the reserve is made, one part in so many. */
const SHARE = 16;

/** No room, or no right to take more of it (quota, size limit). */
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Room on the disk that is held in a file of its own, and given back when the disk is full: SQLite needs some to delete
 * messages as well.
 */
export class Reserve {
  #size: number;
  readonly #path: string;
  #held = false;

  /** `file` is the one that the reserve lies beside. */
  constructor(file: string) {
    this.#path = `${file}-reserve`;
    const earlier = sizeOf(this.#path);
    this.#held = earlier >= SMALLEST;
    this.#size = this.#held ? earlier : wantedSize(dirname(file));
  }

  /** Bytes; less if the first attempt to hold them fails. */
  get size(): number {
    return this.#size;
  }

  /** Makes sure of the room; false if the disk has too little. Throws what else the file system reports. */
  hold(): boolean {
    if (this.#held) return true;
    if (freeBytes(dirname(this.#path)) < SMALLEST) return false;
    this.#held = this.#make(this.#size) || this.#make(SMALLEST);
    return this.#held;
  }

  #make(size: number): boolean {
    try {
      // Noise: a file system that packs what it stores would hold no room for zeros.
      writeFileSync(this.#path, randomBytes(size), { mode: 0o600, flush: true });
      this.#size = size;
      return true;
    } catch (error) {
      this.release();
      if (!isNoRoom(error)) throw error;
      return false;
    }
  }

  /** Gives back so many bytes; the rest must be released soon. */
  give(bytes: number): void {
    if (!this.#held) return;
    truncateSync(this.#path, Math.max(0, this.size - bytes));
    this.#held = false;
  }

  release(): void {
    rmSync(this.#path, { force: true });
    this.#held = false;
  }

  /** Whether the log takes no more than what it may keep on a full disk. */
  isShort(log: string): boolean {
    return sizeOf(log) <= 2 * this.size;
  }

  /**
   * Makes the write-ahead log as long as the reserve, if the disk allows: to keep the room that was given back. SQLite
   * does not look at what stands behind its last commit there, and overwrites it.
   */
  lengthen(log: string): void {
    try {
      appendFileSync(log, randomBytes(Math.max(0, this.size - sizeOf(log))));
    } catch (error) {
      if (!isNoRoom(error)) throw error;
    }
  }
}

function isNoRoom(error: unknown): boolean {
  return NO_ROOM.has((error as NodeJS.ErrnoException).code ?? '');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function wantedSize(folder: string): number {
  const share = Math.floor(freeBytes(folder) / SHARE / SMALLEST) * SMALLEST;
  return Math.min(LARGEST, Math.max(SMALLEST, share));
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
