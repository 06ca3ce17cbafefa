import { listenMemory } from '../../transport/memory.js';
import type { OnConnection, Port } from './port.js';

let served = 0;

/** Serves `memory:<name>` within this process; an empty name is replaced by a fresh one. */
export function serveMemory(name: string, onConnection: OnConnection): Port {
  const unique = name === '' ? freshName() : name;
  const stop = listenMemory(unique, onConnection);
  return { url: `memory:${unique}`, close: async () => stop() };
}

function freshName(): string {
  served += 1;
  return `simulated-modem-${served}`;
}
