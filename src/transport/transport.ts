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
