import type { Duplex } from 'node:stream';
import type { SerialPort } from 'serialport';
import type { ModemError } from '../errors/modem-error.js';
import { Relay } from './relay.js';
import { serialError } from './serial-errors.js';
import { SerialLines } from './serial-lines.js';
import type { LineControl, OutputLines, WriteCallback } from './transport.js';

/**
 * Time in ms that inbound bytes wait for a pending write. `serialport` learns through the thread pool that a write is
 * done, so the answer can overtake the write's callback, and would then count as none: by a moment as a rule, by much
 * more on a machine with more to do than it can. Writes that take longer have another reason (a large payload, flow
 * control), and what comes during them is no answer.
 */
const WRITE_RACE_LIMIT = 1000;

/** What is used of an open `SerialPort`. */
type OpenPort = Duplex & Pick<SerialPort, 'path' | 'isOpen' | 'closing' | 'port' | 'flush' | 'close'>;

/**
 * An open `SerialPort` that keeps the promises of a `Transport`, as far as it can: a device that vanishes during a read
 * is not noticed on Linux. So this is for Windows; see `SerialPollStream` for the others.
 */
export class SerialStream extends Relay {
  readonly #port: OpenPort;
  readonly #lines: SerialLines | undefined;
  /** When the pending write began, by `performance.now()`. */
  #writeStart: number | undefined;
  /** Inbound chunks that wait for the callback of the pending write. */
  #held: Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Closing throws away what the system has not sent: with flow control held, close() would wait 30 s for it. */
  #discard = false;

  /** `outputs`: the lines that were set since the port was opened. */
  constructor(port: OpenPort, outputs: OutputLines = {}) {
    super(port.path, port, serialError);
    this.#port = port;
    // The binding itself: `set` of the stream switches DTR and RTS on whenever they are left out.
    this.#lines = port.port && new SerialLines(port.path, port.port, outputs);
  }

  override get lineControl(): LineControl | undefined {
    return this.#lines;
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: WriteCallback): void {
    this.#writeStart = performance.now();
    super._write(chunk, encoding, (error) => {
      this.#writeStart = undefined;
      callback(error);
      // One tick later, so that code behind `await` of the callback runs first.
      if (this.#held.length > 0) process.nextTick(() => this.#unhold());
    });
  }

  protected override receive(chunk: Buffer): void {
    const wait = this.#writeStart === undefined ? 0 : this.#writeStart + WRITE_RACE_LIMIT - performance.now();
    if (this.#held.length === 0 && wait <= 0) return super.receive(chunk);
    this.#held.push(chunk);
    this.#timer ??= setTimeout(() => this.#unhold(), wait);
  }

  protected override lose(error: ModemError): void {
    this.#unhold();
    super.lose(error);
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    this.#discard = this.#writeStart !== undefined;
    this.#lines?.close();
    super._destroy(error, callback);
  }

  protected override release(done: () => void): void {
    clearTimeout(this.#timer);
    const port = this.#port;
    if (port.closing) port.once('close', done).once('error', done);
    else if (!port.isOpen) done();
    else if (this.#discard) port.flush(() => port.close(done));
    else port.close(done);
  }

  #unhold(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const chunks = this.#held;
    this.#held = [];
    for (const chunk of chunks) super.receive(chunk);
  }
}
