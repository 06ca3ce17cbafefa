import { Duplex } from 'node:stream';
import { ModemError } from '../errors/modem-error.js';
import { type LineControl, lineControl, type WithLineControl, type WriteCallback } from './transport.js';

/** Turns what a stream reports into the error that the user sees; `name` is the port as it was given. */
type ErrorMapping = (name: string, error: Error) => ModemError;

const HIGH_WATER_MARK = 64 * 1024;

/** Keeps the promises of a `Transport` on top of an open stream that does not: a socket, a serial port, a user's own. */
export class Relay extends Duplex implements WithLineControl {
  readonly #name: string;
  readonly #inner: Duplex;
  readonly #toError: ErrorMapping;
  #pending: WriteCallback | undefined;
  #paused = false;

  constructor(name: string, inner: Duplex, toError: ErrorMapping = transportError) {
    super({ highWaterMark: HIGH_WATER_MARK });
    this.#name = name;
    this.#inner = inner;
    this.#toError = toError;
    inner.on('data', (chunk: Buffer) => this.receive(chunk));
    // The listeners stay for good: some streams report a loss more than once.
    inner.on('error', (error) => this.lose(toError(name, error)));
    inner.on('end', () => this.lose(this.#closedError()));
    // A serial port gives the reason as an Error, a socket a boolean.
    inner.on('close', (reason: unknown) => {
      this.lose(reason instanceof Error ? toError(name, reason) : this.#closedError());
    });
    this.once('finish', () => this.destroy());
  }

  get lineControl(): LineControl | undefined {
    return lineControl(this.#inner);
  }

  /** Passes inbound bytes on. */
  protected receive(chunk: Buffer): void {
    if (this.destroyed || this.push(chunk)) return;
    this.#paused = true;
    this.#inner.pause();
  }

  /** The link is gone. Only the first report counts. */
  protected lose(error: ModemError): void {
    this.destroy(error);
  }

  /** Closes the inner stream; `done` is called when everything is released. */
  protected release(done: () => void): void {
    if (this.#inner.closed) return done();
    this.#inner.once('close', done);
    this.#inner.destroy();
  }

  override _read(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#pending = callback;
    this.#inner.write(chunk, (error) => this.#settle(error ? this.#toError(this.#name, error) : null));
  }

  override _writev(chunks: ReadonlyArray<{ readonly chunk: Buffer }>, callback: WriteCallback): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', callback);
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    this.#settle(error ?? new ModemError('CLOSED', `${this.#name}: closed by this side`));
    this.release(() => callback(error));
  }

  /** Calls the pending write callback, once: the inner stream may do so late, twice or never. */
  #settle(error: Error | null): void {
    const callback = this.#pending;
    this.#pending = undefined;
    callback?.(error);
  }

  #closedError(): ModemError {
    return new ModemError('PORT_CLOSED', `${this.#name}: closed by the other side`);
  }
}

/** The mapping for streams of unknown make. */
function transportError(name: string, error: Error): ModemError {
  if (error instanceof ModemError) return error;
  return new ModemError('PORT_FAILED', `${name}: ${error.message}`, { cause: error });
}
