import { Digester } from '../../../../src/at/digester.js';
import { COUNTED_MESSAGE } from '../../../../src/dialects/lmqtt/messages.js';
import { type Flood, floods } from './floods.js';

/** What the digester did with one flood. */
export interface Digested {
  readonly flood: string;
  /** Bytes pushed at a time. */
  readonly chunk: number;
  readonly megabytesPerSecond: number;
  /** Bytes allocated on the heap for each byte of the flood; the memory of buffers is outside. */
  readonly allocated: number;
}

/** Bytes of a timed flood, by the size of its chunks: single bytes take their time. */
const TIMED = new Map([
  [1, 512 * 1024],
  [64, 4 * 1024 * 1024],
  [4096, 4 * 1024 * 1024],
]);

/** Bytes of a flood whose allocations fit into the young generation. */
const COUNTED = 64 * 1024;

/** The best of so many: the compiler warms up in the first ones. */
const ROUNDS = 5;

/** In a process with `--expose-gc` and a young generation that is not full before the end. */
function digestAll(collect: () => void): Digested[] {
  return [...TIMED].flatMap(([chunk, size]) => {
    const small = floods(COUNTED);
    return floods(size).map((flood, index) => {
      const times = Array.from({ length: ROUNDS }, () => milliseconds(() => digest(flood, chunk)));
      const counted = small[index] ?? flood;
      return {
        flood: flood.name,
        chunk,
        megabytesPerSecond: flood.bytes.length / 1e3 / Math.min(...times),
        allocated: allocations(() => digest(counted, chunk), collect) / counted.bytes.length,
      };
    });
  });
}

/** Throws if not exactly its lines come out. */
function digest({ name, bytes, lines }: Flood, size: number): void {
  let found = 0;
  const headers = COUNTED_MESSAGE.counted === undefined ? [] : [COUNTED_MESSAGE.counted];
  const handlers = {
    line: () => {
      found += 1;
    },
    prompt: () => {},
    dropped: (reason: string) => {
      throw new Error(`${name}: ${reason}`);
    },
  };
  const digester = new Digester(handlers, { countedHeaders: () => headers });
  for (let at = 0; at < bytes.length; at += size) digester.push(bytes.subarray(at, at + size));
  if (found !== lines) throw new Error(`${name}: ${found} of ${lines} lines`);
}

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function allocations(run: () => void, collect: () => void): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  run();
  return process.memoryUsage().heapUsed - before;
}

if (globalThis.gc === undefined) throw new Error('to be run with --expose-gc');
process.send?.(digestAll(globalThis.gc));
