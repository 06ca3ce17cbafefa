import type { Duplex } from 'node:stream';
import { escapeBytes, foldBytes } from '../util/escape.js';
import { Relay } from './relay.js';
import { DirectionRecorder, type Gathered } from './trace-recorder.js';
import type { WriteCallback } from './transport.js';

/** Bytes that went one way. */
export interface TraceEntry extends Gathered {
  /** `>` from TE to TA, `<` from TA to TE. */
  readonly direction: '>' | '<';
}

export interface TraceOptions {
  /** Shows passwords, device secrets and PINs instead of `***`, default false. */
  readonly secrets?: boolean;
}

class TracedStream extends Relay {
  readonly #sent: DirectionRecorder;
  readonly #received: DirectionRecorder;

  constructor(stream: Duplex, record: (entry: TraceEntry) => void, secrets: boolean) {
    super('port', stream);
    this.#sent = new DirectionRecorder((gathered) => record({ ...gathered, direction: '>' }), secrets);
    this.#received = new DirectionRecorder((gathered) => record({ ...gathered, direction: '<' }), secrets);
  }

  protected override receive(chunk: Buffer): void {
    this.#sent.flush();
    this.#received.add(chunk);
    super.receive(chunk);
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: WriteCallback): void {
    this.#received.flush();
    this.#sent.add(chunk);
    super._write(chunk, encoding, callback);
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    this.#sent.flush();
    this.#received.flush();
    super._destroy(error, callback);
  }
}

/**
 * The stream with a record of both directions: data passes at once and unchanged, entries come a line at a time (see
 * `DirectionRecorder`), with secrets masked in commands and in their echoes unless `secrets` is true. Closing the
 * wrapper closes the stream.
 */
export function traced(
  stream: Duplex,
  record: (entry: TraceEntry) => void,
  options: TraceOptions = {},
): Duplex {
  return new TracedStream(stream, record, options.secrets ?? false);
}

/** As `formatTrace`, with long runs of a byte folded, for people; `parseTraceLine` takes it too. */
export function showTrace(entry: TraceEntry): string {
  return formatLine(entry, foldBytes);
}

/** One line, e.g. `2026-11-20T11:00:00.123Z +12.345 > AT+CSQ\r\n`: wall clock, monotonic s, direction, escaped bytes. */
export function formatTrace(entry: TraceEntry): string {
  return formatLine(entry, escapeBytes);
}

function formatLine({ time, at, direction, bytes }: TraceEntry, text: (bytes: Buffer) => string): string {
  return `${new Date(at).toISOString()} +${(time / 1000).toFixed(3)} ${direction} ${text(bytes)}`;
}
