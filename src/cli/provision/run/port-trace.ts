import { formatTrace, showTrace, type TraceEntry } from '../../../transport/trace.js';
import { TraceFile } from '../../trace-file.js';

/** Takes what went over the line of a port. */
export type PortRecord = (port: string, entry: TraceEntry) => void;

export interface PortTrace {
  readonly record: PortRecord;
  close(): void;
}

/**
 * Takes the AT traffic of all ports to one file, and to `show` if it is given. Each line begins with its port: what
 * is behind that is the trace of a single port. Throws an `ArgumentError` as `TraceFile`; `onFailure` is told of later
 * failures of the file.
 */
export function startPortTrace(
  path: string | undefined,
  show: ((line: string) => void) | undefined,
  onFailure: (sentence: string) => void,
): PortTrace {
  const file = path === undefined ? undefined : new TraceFile(path, onFailure);
  return {
    record: (port, entry) => {
      file?.write(`${port} ${formatTrace(entry)}`);
      show?.(`${port} ${showTrace(entry)}`);
    },
    close: () => file?.close(),
  };
}
