import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { fileError } from '../errors/kinds.js';
import { formatTrace, showTrace, type TraceEntry } from '../transport/trace.js';
import { formatTraceHeader, TRACE_VERSION, type TraceHeader } from '../transport/trace-format.js';
import { LineMask } from '../transport/trace-mask.js';
import type { Log } from './log.js';
import type { ModemOptions } from './options/global-options.js';
import { packageVersion } from './version.js';

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

/** Topics and payloads are nobody else's business. */
const OWNER_ONLY = 0o600;

/** A file of trace lines. Each line is written at once, so that the file is complete whatever happens next. */
export class TraceFile {
  readonly #path: string;
  readonly #onFailure: (text: string) => void;
  #descriptor: number | undefined;

  /** Creates the file, or empties it. Throws an `ArgumentError` if that cannot be done; later failures are told once. */
  constructor(path: string, onFailure: (text: string) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
    try {
      this.#descriptor = openSync(path, 'w', OWNER_ONLY);
      if (fstatSync(this.#descriptor).isFile()) fchmodSync(this.#descriptor, OWNER_ONLY);
    } catch (error) {
      this.close();
      throw fileError('trace', 'write', path, error);
    }
  }

  /** Writes the header, with what is known of the recording. */
  begin(known: Pick<TraceHeader, 'port' | 'masked'>): void {
    const header = { version: TRACE_VERSION, start: Date.now(), program: packageVersion(), ...known };
    this.write(formatTraceHeader(header));
  }

  write(line: string): void {
    if (this.#descriptor === undefined) return;
    try {
      writeSync(this.#descriptor, `${line}\n`);
    } catch (error) {
      this.close();
      this.#onFailure(`the trace ends here, ${this.#path}: ${(error as Error).message}`);
    }
  }

  close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
