import { formatTrace, type TraceEntry } from '../../transport/trace.js';
import { TraceFile } from '../trace-file.js';

/** The file of `.trace`. */
export class TraceSwitch {
  readonly #masked: boolean;
  readonly #onFailure: (text: string) => void;
  #file: TraceFile | undefined;
  #path: string | undefined;

  /** `masked`: whether the entries come without secrets. */
  constructor(masked: boolean, onFailure: (text: string) => void) {
    this.#masked = masked;
    this.#onFailure = onFailure;
  }

  /** The file that is written now. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Throws an `ArgumentError` for a file that cannot be written. */
  start(path: string, port: string): void {
    const file = new TraceFile(path, this.#onFailure);
    this.stop();
    this.#file = file;
    this.#path = path;
    file.begin({ port, masked: this.#masked });
  }

  record(entry: TraceEntry): void {
    this.#file?.write(formatTrace(entry));
  }

  stop(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#path = undefined;
  }
}
