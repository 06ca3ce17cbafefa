import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';

/** What is used of the poller of an open port of `@serialport/bindings-cpp`. */
export interface Poller {
  on(event: 'readable' | 'writable', listener: (error: Error | null) => void): unknown;
}

/** What this needs of Node.js. */
interface Runtime {
  queueMicrotask(callback: () => void): void;
  setImmediate(callback: () => void): void;
  /** How many events the loop has seen in its finished polls; undefined where that cannot be had. */
  eventCount(): number | undefined;
}

const NODE: Runtime = {
  queueMicrotask: (callback) => queueMicrotask(callback),
  setImmediate: (callback) => void setImmediate(callback),
  eventCount: () => performance.nodeTiming.uvMetricsInfo?.events,
};

/**
 * The poller calls its listeners straight from libuv: nothing runs the ticks and microtasks that they leave behind, and
 * an exception that leaves a listener aborts the process. Node.js used to run ticks and microtasks at the end of each
 * turn of the loop; some 26.x (26.0 does, 26.5 does not) stopped doing so for turns without immediates. There, each
 * event is handled in an immediate, and what depends on it is run after that as everywhere else.
 *
 * The runtime is asked, not its version: the change came in the middle of a major version. Until it is proven that
 * ticks and microtasks follow by themselves, immediates are used.
 */
export class PollerEvents {
  readonly #runtime: Runtime;
  /** Whether microtasks follow an event by themselves; undefined as long as that is not known. */
  #followed: boolean | undefined;

  constructor(runtime: Runtime = NODE) {
    this.#runtime = runtime;
  }

  /** Handles an event, to be called first thing in a listener; `error` is what the listener got. */
  handle(error: Error | null, act: () => void): void {
    if (this.#followed === true) return rethrowLater(act);
    // Errors also come from `close()`, which is called by Node.js: those prove nothing.
    if (this.#followed === undefined && error === null) this.#probe();
    this.#runtime.setImmediate(act);
  }

  /**
   * The microtask proves something only if it did not run although its turn was over, or if nothing else happened in
   * that turn that could have run it. `act` is not called before the answer, as it could be such a thing.
   */
  #probe(): void {
    const before = this.#runtime.eventCount();
    let ran = false;
    this.#runtime.queueMicrotask(() => {
      ran = true;
    });
    this.#runtime.setImmediate(() => {
      if (!ran) this.#followed = false;
      else if (before !== undefined && this.#runtime.eventCount() === before + 1) this.#followed ??= true;
    });
  }
}

/** One for the process: all ports live in one event loop. */
export const pollerEvents = new PollerEvents();

/** Lets ticks and microtasks follow the events of a poller that somebody else listens to. */
export function followEvents(poller: Poller): void {
  const follow = (error: Error | null) => pollerEvents.handle(error, () => {});
  poller.on('readable', follow);
  poller.on('writable', follow);
}

/** Time in ms between two beats. */
const BEAT = 5;

/**
 * For a port without a poller, as on Windows: its reads and writes end in callbacks straight from libuv as well, and
 * nothing can listen to those. Where Node.js may be one that leaves their promises alone, a timer takes them along
 * until the port closes. [A] read in the source of the addon, not tried on Windows.
 */
export function beatWhileOpen(port: Duplex): void {
  if (Number.parseInt(process.versions.node, 10) < 26) return;
  const timer = setInterval(() => {}, BEAT).unref();
  port.once('close', () => clearInterval(timer));
}

/** An exception comes up in a tick, where Node.js treats it as any other. */
function rethrowLater(act: () => void): void {
  try {
    act();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
