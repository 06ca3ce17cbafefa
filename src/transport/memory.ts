import { Duplex } from 'node:stream';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { WriteCallback } from './transport.js';

/**
 * Two streams joined in memory, binary clean: what is written to one end within a turn of the event loop arrives at the
 * other as one chunk in a later turn. Destroying one end delivers what was taken, then is a loss at the other.
 */
export function memoryLink(): [Duplex, Duplex] {
  return MemoryEnd.pair();
}

type Accept = () => Duplex;

const servers = new Map<string, Accept>();

/**
 * Serves `memory:<name>` within this process: each connection calls `onConnection` with the server's end. The returned
 * function stops listening and destroys the open streams. Throws `ArgumentError` for a name that is empty or taken.
 */
export function listenMemory(name: string, onConnection: (stream: Duplex) => void): () => void {
  if (name === '') throw new ArgumentError('name', '""', 'a name of at least one character');
  if (servers.has(name))
    throw new ArgumentError('name', JSON.stringify(name), 'a name that nobody serves yet');
  const open = new Set<Duplex>();
  const accept: Accept = () => {
    const [client, server] = memoryLink();
    open.add(server);
    server.once('close', () => open.delete(server));
    onConnection(server);
    return client;
  };
  servers.set(name, accept);
  return () => {
    if (servers.get(name) === accept) servers.delete(name);
    for (const stream of open) stream.destroy();
  };
}

/** Opens `memory:<name>`. Throws `PORT_NOT_FOUND` if nobody serves the name. */
export function connectMemory(name: string): Duplex {
  const accept = servers.get(name);
  if (accept === undefined) throw new ModemError('PORT_NOT_FOUND', `memory:${name}: nobody serves this name`);
  return accept();
}

/** Bytes on their way to an end, and as many again kept for a reader that does not read, before its writer stalls. */
const HIGH_WATER_MARK = 16 * 1024;

interface Waiting {
  readonly chunk: Buffer;
  readonly callback: WriteCallback;
}

/** One end of a link in memory. */
export class MemoryEnd extends Duplex {
  #peer: MemoryEnd = this;
  /** Taken, not yet delivered. */
  #outbox: Buffer[] = [];
  #outboxBytes = 0;
  /** The write that finds no room. */
  #waiting: Waiting | undefined;
  /** The reading side is below its high water mark. */
  #hasRoom = true;

  constructor() {
    super({ highWaterMark: HIGH_WATER_MARK });
    this.once('finish', () => this.destroy());
  }

  static pair(): [MemoryEnd, MemoryEnd] {
    const one = new MemoryEnd();
    const other = new MemoryEnd();
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#waiting = { chunk, callback };
    this.#take();
  }

  override _read(): void {
    this.#hasRoom = true;
    this.#peer.#take();
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    this.#waiting?.callback(error ?? new ModemError('CLOSED', 'memory link: closed by this side'));
    this.#waiting = undefined;
    setImmediate(() => {
      this.#deliver();
      this.#peer.destroy(new ModemError('PORT_CLOSED', 'memory link: closed by the other side'));
    });
    callback(error);
  }

  /** Takes the waiting write if there is room. Its callback comes now, its bytes arrive in a later turn. */
  #take(): void {
    const waiting = this.#waiting;
    if (waiting === undefined || !this.#peer.#hasRoom || this.#outboxBytes >= HIGH_WATER_MARK) return;
    this.#waiting = undefined;
    if (this.#outbox.length === 0) setImmediate(() => this.#deliver());
    this.#outbox.push(waiting.chunk);
    this.#outboxBytes += waiting.chunk.length;
    waiting.callback();
  }

  /** Hands over as one chunk what was written in one turn. */
  #deliver(): void {
    const bytes = Buffer.concat(this.#outbox);
    this.#outbox = [];
    this.#outboxBytes = 0;
    const peer = this.#peer;
    if (bytes.length > 0 && !peer.destroyed) peer.#hasRoom = peer.push(bytes);
    this.#take();
  }
}
