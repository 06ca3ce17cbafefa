import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { abortedError, ModemError } from '../../../errors/modem-error.js';
import type { OpenModemOptions } from '../../../modem/open-options.js';
import { openTransport } from '../../../transport/open.js';
import { traced } from '../../../transport/trace.js';
import { delay } from '../../../util/delay.js';

/** Opens the port, with the trace on it that was asked for. Rejects as `openTransport`. */
export async function openLine(
  { modemOptions, signal }: { readonly modemOptions: OpenModemOptions; readonly signal: AbortSignal },
  source: string,
): Promise<Duplex> {
  const { trace, traceSecrets = false } = modemOptions;
  const stream = await openTransport(source, { signal });
  return trace === undefined ? stream : traced(stream, trace, { secrets: traceSecrets });
}

/** What is kept of an answer: a line that never stops sending must not fill the memory. */
const LIMIT = 16 * 1024;

/** The bare line, before anything is known of what is at its other end. */
export class LineProbe {
  readonly #stream: Duplex;
  readonly #signal: AbortSignal;
  readonly #onData = (chunk: Buffer) => this.#receive(chunk);
  readonly #onClose = () => this.#wake.abort();
  readonly #onError = (error: Error) => {
    this.#error = error;
  };
  #received = '';
  #wanted: (received: string) => boolean = () => false;
  #wake = new AbortController();
  #error: Error | undefined;

  constructor(stream: Duplex, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
    stream.on('data', this.#onData);
    // Stays for good: an error between two owners would end the process.
    stream.on('error', this.#onError);
    stream.on('close', this.#onClose);
  }

  /**
   * Writes the bytes (latin1) and gives what comes (latin1) until it is `wanted`, or `ms` are over. Rejects with
   * `PORT_CLOSED` or why the port failed, or `ABORTED`.
   */
  async ask(bytes: string, ms: number, wanted: (received: string) => boolean): Promise<string> {
    this.#received = '';
    this.#wanted = wanted;
    this.#wake = new AbortController();
    const over = AbortSignal.any([this.#signal, this.#wake.signal]);
    if (this.#stream.writable) this.#stream.write(Buffer.from(bytes, 'latin1'));
    if (!this.#stream.destroyed) await delay(ms, over);
    if (this.#signal.aborted) throw abortedError(this.#signal);
    if (this.#stream.destroyed && !wanted(this.#received)) throw this.#lost();
    return this.#received;
  }

  /** Leaves the open stream to somebody else; what comes until that listens is lost. */
  release(): Duplex {
    this.#stream.off('data', this.#onData);
    this.#stream.off('close', this.#onClose);
    return this.#stream;
  }

  /** Closes the stream; resolves when the port is free again. */
  async close(): Promise<void> {
    if (this.#stream.closed) return;
    const closed = once(this.#stream, 'close');
    this.#stream.destroy();
    await closed;
  }

  #receive(chunk: Buffer): void {
    this.#received = (this.#received + chunk.toString('latin1')).slice(-LIMIT);
    if (this.#wanted(this.#received)) this.#wake.abort();
  }

  #lost(): ModemError {
    // It may have been lost before anybody listened here.
    const error = this.#error ?? this.#stream.errored;
    if (error instanceof ModemError) return error;
    return new ModemError('PORT_CLOSED', 'the port was closed by the other side');
  }
}
