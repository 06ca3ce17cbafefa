import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { ArgumentError } from '../errors/kinds.js';
import { formatTraceHeader, TRACE_VERSION, type TraceHeader } from '../transport/trace-format.js';
import { packageVersion } from './version.js';

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
      const reason = (error as Error).message;
      throw new ArgumentError('trace', JSON.stringify(path), `a file that can be written (${reason})`);
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
