import type { Duplex } from 'node:stream';

/** What is used of the poller of an open port of `@serialport/bindings-cpp`. */
export interface Poller {
  on(event: 'readable' | 'writable', listener: (error: Error | null) => void): unknown;
}

/**
 * Whether Node.js may leave alone what an event of a poller leaves behind. The poller calls its listeners straight from
 * libuv, so nothing runs their ticks and microtasks. Before Node.js 26 those ran at the end of each turn of the loop
 * anyway; some 26.x (26.0 does not yet, 26.5 does) leaves them alone in turns without immediates, until the next timer
 * or socket. The version decides, as nothing else does for sure: a microtask that ran may have been taken along by an
 * immediate of somebody else, or by a socket.
 */
export const LEFT_ALONE = Number.parseInt(process.versions.node, 10) >= 26;

/**
 * Handles an event of a poller, to be called in its listener: in an immediate, where ticks and microtasks follow as
 * everywhere else, or at once where they do so anyway.
 */
export function handleEvent(act: () => void): void {
  if (LEFT_ALONE) setImmediate(act);
  else rethrowLater(act);
}

/** Lets ticks and microtasks follow the events of a poller that somebody else listens to. */
export function followEvents(poller: Poller): void {
  if (!LEFT_ALONE) return;
  const follow = () => void setImmediate(() => {});
  poller.on('readable', follow);
  poller.on('writable', follow);
}

/** Time in ms between two beats. */
const BEAT = 5;

/**
 * For a port without a poller, as on Windows: its reads and writes end in callbacks straight from libuv as well, and
 * nothing can listen to those. A timer takes their promises along until the port closes. [A] read in the source of the
 * addon, not tried on Windows.
 */
export function beatWhileOpen(port: Duplex): void {
  if (!LEFT_ALONE) return;
  const timer = setInterval(() => {}, BEAT).unref();
  port.once('close', () => clearInterval(timer));
}

/** An exception that left a listener of the poller would abort the process: it comes up in a tick instead. */
function rethrowLater(act: () => void): void {
  try {
    act();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
