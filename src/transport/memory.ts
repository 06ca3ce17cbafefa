import type { Duplex } from 'node:stream';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { MemoryEnd } from './memory-end.js';

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
