import type { EventEmitter } from 'node:events';
import { median } from '../shared/statistics.js';

const { gc } = globalThis as { gc?: () => void };

/** Whether the heap can be cleaned before it is measured: `--expose-gc`. */
export const canCollect = gc !== undefined;

/** Heap in use after a collection, in bytes; without `--expose-gc` before one. */
export function heapUsed(): number {
  gc?.();
  gc?.();
  return process.memoryUsage().heapUsed;
}

/** How many listeners hang on these emitters, by name and event. */
export function listeners(emitters: Readonly<Record<string, EventEmitter>>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, emitter] of Object.entries(emitters)) {
    for (const event of emitter.eventNames())
      counts[`${name}:${String(event)}`] = emitter.listenerCount(event);
  }
  return counts;
}

/** What hangs on more than at the start. */
export function leaked(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(after)
    .filter(([event, count]) => count > (before[event] ?? 0))
    .map(([event, count]) => `${event}: ${before[event] ?? 0} listeners at the start, ${count} at the end`);
}

/** Bytes by which the heap has grown: from the second fifth of the samples, when caches are full, to the last fifth. */
export function growth(samples: readonly number[]): number {
  const fifth = Math.floor(samples.length / 5);
  if (fifth === 0) return 0;
  return median(samples.slice(-fifth)) - median(samples.slice(fifth, 2 * fifth));
}

/** Collects what a program must never see: warnings (too many listeners), rejections that nobody handles. */
export class ProcessWatch {
  readonly #complaints: string[] = [];
  readonly #onWarning = (warning: Error) => this.#complaints.push(`warning: ${warning.message}`);
  readonly #onRejection = (reason: unknown) =>
    this.#complaints.push(`unhandled rejection: ${String(reason)}`);

  constructor() {
    process.on('warning', this.#onWarning);
    process.on('unhandledRejection', this.#onRejection);
  }

  /** What was collected; nothing is from now on. */
  end(): string[] {
    process.off('warning', this.#onWarning);
    process.off('unhandledRejection', this.#onRejection);
    return this.#complaints;
  }
}
