import { formatTrace, showTrace, type TraceEntry } from '../transport/trace.js';
import { LineMask } from '../transport/trace-mask.js';
import type { Log } from './log.js';
import type { ModemOptions } from './options/global-options.js';
import { TraceFile } from './trace-file.js';

interface Tracing {
  /** Undefined when nobody wants the traffic. */
  readonly trace: ((entry: TraceEntry) => void) | undefined;
  /** Whether the entries are to come with their secrets. */
  readonly traceSecrets: boolean;
  close(): void;
}

/**
 * Takes the AT traffic to the file of `--trace`, and to the log with `--debug`, where secrets are masked always. Throws
 * an `ArgumentError` as `TraceFile`.
 */
export function startTracing(options: ModemOptions, log: Log): Tracing {
  const { trace: path, traceSecrets: secrets = false, port, debug = false } = options;
  const traceSecrets = secrets && path !== undefined;
  const file = path === undefined ? undefined : new TraceFile(path, (text) => log.note(text, 'TRACE'));
  file?.begin({ masked: !traceSecrets, ...(port === undefined ? {} : { port }) });
  if (traceSecrets) log.note(`${path} will hold passwords and device secrets: do not give it away`, 'TRACE');
  const shown = traceSecrets ? masked((entry) => log.trace(showTrace(entry))) : undefined;
  const record = (entry: TraceEntry) => {
    file?.write(formatTrace(entry));
    if (!debug) return;
    if (shown === undefined) log.trace(showTrace(entry));
    else shown(entry);
  };
  return {
    trace: file !== undefined || debug ? record : undefined,
    traceSecrets,
    close: () => file?.close(),
  };
}

/** Takes secrets out of the entries of one port, those that are cut over several as well. */
function masked(show: (entry: TraceEntry) => void): (entry: TraceEntry) => void {
  const masks = { '>': new LineMask(), '<': new LineMask() };
  return (entry) => {
    const text = masks[entry.direction].apply(entry.bytes.toString('latin1'));
    if (text !== '') show({ ...entry, bytes: Buffer.from(text, 'latin1') });
  };
}
