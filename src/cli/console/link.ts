import { Duplex } from 'node:stream';
import { ModemError } from '../../errors/modem-error.js';
import { SameDevice } from '../../transport/same-device.js';
import { type TraceEntry, traced } from '../../transport/trace.js';
import { type LineControl, lineControl, type WriteCallback } from '../../transport/transport.js';
import { delay } from '../../util/delay.js';

/** ms from one try to open a lost port to the next. */
const RETRY_INTERVAL = 300;

interface LinkHandlers {
  /** Bytes that go to the module, just before they are written. */
  sent(bytes: Buffer): void;
  received(bytes: Buffer): void;
  /** The port is gone; it is tried again until it is back. Once for each loss. */
  lost(error: ModemError): void;
  /** The port is back. Once for each loss. */
  back(): void;
}

export interface LinkOptions {
  /** Called for what goes over the wire, line by line. */
  readonly trace: (entry: TraceEntry) => void;
  /** Shows passwords and device secrets in the trace, default false. */
  readonly traceSecrets?: boolean;
}

/** The one open port of a console. It opens itself again when it vanishes. */
export class Link {
  readonly #handlers: LinkHandlers;
  readonly #options: LinkOptions;
  readonly #ended = new AbortController();
  #source: SameDevice;
  #stream: Duplex | undefined;
  #tap: Tap | undefined;
  #waiting: (() => void)[] = [];

  constructor(port: string, options: LinkOptions, handlers: LinkHandlers) {
    this.#source = new SameDevice(port);
    this.#options = options;
    this.#handlers = handlers;
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  /** The control lines of the open port; throws `PORT_CLOSED`, or `UNSUPPORTED` where there are none. */
  get lineControl(): LineControl {
    const stream = this.#stream;
    if (stream === undefined) throw new ModemError('PORT_CLOSED', 'the port is gone');
    const lines = lineControl(stream);
    if (lines !== undefined) return lines;
    const words =
      'this port has no control lines (DTR, RTS, break): those of a serial port, and of rfc2217://, can be set';
    throw new ModemError('UNSUPPORTED', words);
  }

  /** Opens the port for the first time; rejects as `openTransport`. */
  async open(signal: AbortSignal): Promise<void> {
    this.#attach(await this.#source.open({ signal: AbortSignal.any([signal, this.#ended.signal]) }));
  }

  /** Closes the port and opens another one in its place. Rejects as `openTransport`; the new port is waited for then. */
  async replace(port: string): Promise<void> {
    this.#tap?.destroy(new ModemError('PORT_CLOSED', 'the port is opened with other settings'));
    await this.#release();
    this.#source = new SameDevice(port);
    try {
      this.#attach(await this.#source.open({ signal: this.#ended.signal }));
    } catch (error) {
      void this.#bringBack();
      throw error;
    }
  }

  /** Resolves when the bytes have been taken; rejects with `PORT_CLOSED` or why the port is gone. */
  write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#send(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Resolves when the port is open, at once if it is, or when the signal aborts. */
  whenOpen(signal: AbortSignal): Promise<void> {
    if (this.isOpen || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** A stream for the driver; an earlier one ends. Waits for a port that is gone; rejects with `CLOSED` after `close`. */
  async tap(): Promise<Duplex> {
    await this.whenOpen(this.#ended.signal);
    if (this.#ended.signal.aborted) throw new ModemError('CLOSED', 'the console has ended');
    this.#tap?.destroy();
    const tap: Tap = new Tap(
      (bytes, done) => this.#send(bytes, done),
      () => {
        if (this.#tap === tap) this.#tap = undefined;
      },
    );
    this.#tap = tap;
    return tap;
  }

  /** Closes the port for good. Resolves when it is released. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.#tap?.destroy();
    await this.#release();
  }

  #send(bytes: Buffer, done: WriteCallback): void {
    const stream = this.#stream;
    if (stream === undefined) return done(new ModemError('PORT_CLOSED', 'the port is gone'));
    this.#handlers.sent(bytes);
    stream.write(bytes, done);
  }

  #attach(opened: Duplex): void {
    const { trace, traceSecrets = false } = this.#options;
    const stream = traced(opened, trace, { secrets: traceSecrets });
    // It was closed, or replaced, while this one was on its way.
    if (this.#ended.signal.aborted || this.isOpen) {
      stream.on('error', () => {});
      stream.destroy();
      return;
    }
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => {
      this.#handlers.received(bytes);
      this.#tap?.deliver(bytes);
    });
    stream.on('error', (error: ModemError) => this.#onLost(stream, error));
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #onLost(stream: Duplex, error: ModemError): void {
    if (stream !== this.#stream) return;
    this.#stream = undefined;
    this.#tap?.destroy(error);
    this.#handlers.lost(error);
    void this.#bringBack();
  }

  async #bringBack(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted && !this.isOpen) {
      try {
        this.#attach(await this.#source.open({ signal }));
        if (this.isOpen) this.#handlers.back();
      } catch {
        await delay(RETRY_INTERVAL, signal);
      }
    }
  }

  /** Lets go of the port without a word. */
  async #release(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream === undefined || stream.closed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', () => resolve());
      stream.destroy();
    });
  }
}

/**
 * The driver's view of the port that the console keeps open: a `Transport` whose end closes nothing. Bytes go on to be
 * shown by the console, whoever reads or writes them.
 */
class Tap extends Duplex {
  readonly #send: (bytes: Buffer, done: WriteCallback) => void;
  readonly #detach: () => void;

  constructor(send: (bytes: Buffer, done: WriteCallback) => void, detach: () => void) {
    super();
    this.#send = send;
    this.#detach = detach;
    this.once('finish', () => this.destroy());
    // Nobody may be listening any more when the port is lost.
    this.on('error', () => {});
  }

  /** Bytes that came from the module. */
  deliver(bytes: Buffer): void {
    if (!this.destroyed) this.push(bytes);
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: WriteCallback): void {
    this.#send(bytes, done);
  }

  override _destroy(error: Error | null, done: WriteCallback): void {
    this.#detach();
    done(error);
  }
}
