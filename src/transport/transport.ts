import type { Duplex } from 'node:stream';

/**
 * An open byte stream to a module. Whatever carries it, the stream keeps these promises:
 *
 * - It is open when it is handed out; `data` gives Buffers with exactly the bytes received, in order.
 * - The callback of `write` comes when the operating system, or the peer, has taken the bytes, and before any answer
 *   to them. A peer that does not read stalls the writer at the high water mark.
 * - When the link is lost (unplugged, reset, ended by the other side) it emits `error` with a `ModemError`
 *   (`PORT_CLOSED`, `PORT_FAILED`) and then `close`, each once.
 * - `destroy()` closes and releases everything and emits `close` without `error`; `end()` does so after the last byte
 *   has been taken.
 * - Every write callback is called: with an error if the link was lost or destroyed first, even if the peer is stalled.
 *   Writing after that fails through the callback.
 * - Nothing keeps the process alive after `close`.
 */
export type Transport = Duplex;

/** What a stream calls when a chunk has been taken, or could not be. */
export type WriteCallback = (error?: Error | null) => void;

/** What this side drives. */
export interface OutputLines {
  /** Data Terminal Ready. */
  readonly dtr?: boolean;
  /** Request To Send; with RTS/CTS flow control it belongs to the driver. */
  readonly rts?: boolean;
}

/** The control lines as far as they are known: the outputs as they were set last, the inputs as they are. */
export interface LineState extends OutputLines {
  /** Clear To Send. */
  readonly cts?: boolean;
  /** Data Set Ready. */
  readonly dsr?: boolean;
  /** Data Carrier Detect. */
  readonly dcd?: boolean;
  /** Ring Indicator. */
  readonly ri?: boolean;
}

/**
 * The control lines of a serial port, one operation at a time in the order of the calls. All reject with `UNSUPPORTED`
 * if the port has none (a pseudo-terminal), with `CLOSED` if it was closed first, and with `PORT_FAILED` otherwise.
 */
export interface LineControl {
  /** Switches the outputs that are given, leaves the others. */
  setLines(lines: OutputLines): Promise<void>;
  /** Holds a break for so many ms, 1 to 10 000 (otherwise `ArgumentError`). Bytes written meanwhile may be garbled. */
  sendBreak(duration: number): Promise<void>;
  readLines(): Promise<LineState>;
  /** Bit/s as a serial server has told it; undefined where it is known from the settings. */
  readonly baudRate?: number | undefined;
}

/** A transport that has control lines, or a wrapper of one. */
export interface WithLineControl {
  readonly lineControl: LineControl | undefined;
}

/** The control lines of an open transport, traced or not; undefined where there are none (`memory:`, `tcp://`). */
export function lineControl(stream: Duplex): LineControl | undefined {
  return 'lineControl' in stream ? (stream as Duplex & WithLineControl).lineControl : undefined;
}
