import type { Writable } from 'node:stream';
import { maskSecrets } from '../errors/secrets.js';
import type { ExitCode } from './exit-codes.js';
import { failureRecord, failureText } from './failure.js';

interface LogOptions {
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  /** Stacks of failures. */
  readonly debug: boolean;
}

/** Kinds of notes. Part of the public interface: programs compare them. */
type NoteCode =
  | 'NOTE'
  | 'CONNECTED'
  | 'DEGRADED'
  | 'RECOVERY'
  | 'DROPPED'
  | 'KEPT'
  | 'SENT'
  | 'STORED'
  | 'SET_ASIDE'
  | 'TRACE';

/** What people are told beside the result, on stderr. */
export class Log {
  readonly #stream: Writable;
  readonly #options: LogOptions;

  constructor(stream: Writable, options: LogOptions) {
    this.#stream = stream;
    this.#options = options;
    // Nobody reads the log: there is nobody to be told.
    stream.on('error', () => {});
  }

  /** Something to know while the command goes on; `code` says of what kind it is, for programs. */
  note(text: string, code: NoteCode = 'NOTE'): void {
    const shown = maskSecrets(text);
    this.#write({ time: new Date().toISOString(), code, note: shown }, `atmqtt: ${shown}`);
  }

  /** Why the command ends; gives the exit code that goes with it. */
  failure(error: unknown): ExitCode {
    const record = failureRecord(error, this.#options.debug);
    this.#write({ time: new Date().toISOString(), ...record }, `atmqtt: ${failureText(record)}`);
    return record.error.exitCode;
  }

  /** A line of AT traffic. */
  trace(line: string): void {
    this.#write({ trace: line }, line);
  }

  #write(record: object, text: string): void {
    this.#stream.write(`${this.#options.json ? JSON.stringify(record) : text}\n`);
  }
}
