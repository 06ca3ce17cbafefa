import { formatTrace, type TraceEntry } from '../transport/trace.js';
import type { Log } from './log.js';
import type { ModemOptions } from './options/global-options.js';
import { TraceFile } from './trace-file.js';

export interface Tracing {
  /** Undefined when nobody wants the traffic. */
  readonly trace: ((entry: TraceEntry) => void) | undefined;
  close(): void;
}

/** Takes the AT traffic to the file of `--trace`, and to the log with `--debug`. Throws an `ArgumentError` as `TraceFile`. */
export function startTracing({ trace: path, debug = false }: ModemOptions, log: Log): Tracing {
  const file = path === undefined ? undefined : new TraceFile(path, (text) => log.note(text));
  const record = (entry: TraceEntry) => {
    const line = formatTrace(entry);
    file?.write(line);
    if (debug) log.trace(line);
  };
  return {
    trace: file !== undefined || debug ? record : undefined,
    close: () => file?.close(),
  };
}
