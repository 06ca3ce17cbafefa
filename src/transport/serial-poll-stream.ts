import { readSync, writeSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { ModemError } from '../errors/modem-error.js';
import { handleEvent, type Poller } from './poller-events.js';
import { serialError, vanishedError } from './serial-errors.js';
import { type ControlledPort, SerialLines } from './serial-lines.js';
import type { OutputLines, WithLineControl, WriteCallback } from './transport.js';

/** What is used of an open port of `SerialPort.binding` on Linux and macOS; its file descriptor never blocks. */
interface PolledPort extends ControlledPort {
  readonly fd: number | null;
  readonly poller: Poller & {
    /** Waits for one event of those in the flags, instead of those waited for so far. */
    poll(flags: number): void;
  };
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Flags of `uv_poll_start`. */
const UV_READABLE = 1;
const UV_WRITABLE = 2;

const HIGH_WATER_MARK = 64 * 1024;

/** Less room than this in the read buffer is not worth a read. */
const MIN_READ = 4096;

/**
 * A serial port that is read and written in the event loop, as soon as it is ready. The stream of `serialport` goes
 * through the thread pool instead: slower by half, and it spins for ever when the device vanishes during a read, which
 * then gives 0 bytes. Here a write is done before anything that follows it can be read, so no answer overtakes it.
 */
export class SerialPollStream extends Duplex implements WithLineControl {
  readonly lineControl: SerialLines;
  readonly #name: string;
  readonly #port: PolledPort;
  /** The events that are waited for. */
  #flags = UV_READABLE;
  #pool = Buffer.allocUnsafe(HIGH_WATER_MARK);
  #used = 0;
  /** What is left of the pending write, and its callback. */
  #rest: Buffer | undefined;
  #pending: WriteCallback | undefined;

  /** `outputs`: the lines that were set since the port was opened. */
  constructor(name: string, port: PolledPort, outputs: OutputLines = {}) {
    super({ highWaterMark: HIGH_WATER_MARK });
    this.#name = name;
    this.#port = port;
    this.lineControl = new SerialLines(name, port, outputs);
    port.poller.on('readable', (error) => handleEvent(() => this.#onEvent(error, () => this.#readNow())));
    port.poller.on('writable', (error) => handleEvent(() => this.#onEvent(error, () => this.#writeNow())));
    port.poller.poll(this.#flags);
    this.once('finish', () => this.destroy());
  }

  override _read(): void {
    this.#want(this.#flags | UV_READABLE);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#rest = chunk;
    this.#pending = callback;
    this.#writeNow();
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    const discard = this.#pending !== undefined;
    this.lineControl.close();
    this.#settle(error ?? new ModemError('CLOSED', `${this.#name}: closed by this side`));
    const done = () => callback(error);
    this.#close(discard).then(done, done);
  }

  /** With flow control held, close() would wait 30 s for what the system has not sent: throw it away first. */
  async #close(discard: boolean): Promise<void> {
    if (discard) await this.#port.flush().catch(() => {});
    await this.#port.close();
  }

  /** Each event ends the waiting, so it is asked for again, also when a listener of ours throws. */
  #onEvent(error: Error | null, act: () => void): void {
    if (this.destroyed) return;
    if (error !== null) return void this.destroy(vanishedError(this.#name, error));
    try {
      act();
    } finally {
      if (!this.destroyed) this.#port.poller.poll(this.#flags);
    }
  }

  #want(flags: number): void {
    if (flags === this.#flags || this.destroyed) return;
    this.#flags = flags;
    this.#port.poller.poll(flags);
  }

  #readNow(): void {
    if (this.#pool.length - this.#used < MIN_READ) {
      this.#pool = Buffer.allocUnsafe(HIGH_WATER_MARK);
      this.#used = 0;
    }
    const start = this.#used;
    const count = this.#attempt((fd) => readSync(fd, this.#pool, start, this.#pool.length - start, null));
    if (count === 0) this.destroy(vanishedError(this.#name));
    if (count === undefined || count === 0) return;
    this.#used += count;
    if (!this.push(this.#pool.subarray(start, this.#used))) this.#flags &= ~UV_READABLE;
  }

  #writeNow(): void {
    const rest = this.#rest;
    if (rest === undefined) return this.#want(this.#flags & ~UV_WRITABLE);
    const count = this.#attempt((fd) => writeSync(fd, rest)) ?? 0;
    if (this.destroyed) return;
    this.#rest = count < rest.length ? rest.subarray(count) : undefined;
    if (this.#rest !== undefined) return this.#want(this.#flags | UV_WRITABLE);
    this.#want(this.#flags & ~UV_WRITABLE);
    this.#settle(null);
  }

  /** The result of a system call, or undefined if the port is not ready. Any other failure is a loss. */
  #attempt(call: (fd: number) => number): number | undefined {
    try {
      return call(this.#port.fd ?? -1);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN')
        this.destroy(serialError(this.#name, error as Error));
      return undefined;
    }
  }

  #settle(error: Error | null): void {
    const callback = this.#pending;
    this.#rest = undefined;
    this.#pending = undefined;
    callback?.(error);
  }
}
