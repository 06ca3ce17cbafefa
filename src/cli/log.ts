import type { Writable } from 'node:stream';
import type { Degradation } from '../dialects/dialect.js';
import type { ErrorCode } from '../errors/codes.js';
import { SerialServerError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { maskSecrets } from '../errors/secrets.js';
import { type ExitCode, exitCodeOf } from './exit-codes.js';

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

/** A failure as the JSON on stderr tells it. */
interface FailureRecord {
  readonly error: {
    /** A code of `ERROR_CODES`, or `INTERNAL` for what should not happen. */
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly exitCode: ExitCode;
    readonly stack?: string;
  };
}

/** `debug` adds the stack. */
export function failureRecord(error: unknown, debug: boolean): FailureRecord {
  const code = error instanceof ModemError ? error.code : 'INTERNAL';
  // What something else than the module has said is no reason to look at the module.
  const ofModule = error instanceof ModemError && !(error instanceof SerialServerError);
  const hint = ofModule ? hintFor(error.code) : undefined;
  const stack =
    debug && error instanceof Error && error.stack !== undefined ? maskSecrets(error.stack) : undefined;
  return {
    error: {
      code,
      message: messageOf(error),
      ...(hint === undefined ? {} : { hint }),
      exitCode: exitCodeOf(error),
      ...(stack === undefined ? {} : { stack }),
    },
  };
}

/** One line: what, why, what to do next; behind it the stack, if there is one. */
export function failureText({ error }: FailureRecord): string {
  const { message, hint, stack } = error;
  const line = hint === undefined ? message : `${message}; ${hint}`;
  return stack === undefined ? line : `${line}\n${stack}`;
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return maskSecrets(text.replace(/\s*[\r\n]+\s*/g, ' ').trim());
}

/** What to do next, for the failures whose message does not say so by itself. */
const HINTS: Partial<Readonly<Record<ErrorCode, string>>> = {
  NOT_RESPONDING: 'check its power, TX and RX, and the baud rate (--baud)',
  TIMEOUT: 'try again with --trace <file> to see what the module said',
  BAD_RESPONSE: 'try again with --trace <file> to see what the module said',
  REBOOTED: 'check its power supply: bursts of the radio draw up to 2 A',
  NOT_REGISTERED: 'check antenna, coverage and subscription, or wait longer with --registration-timeout',
  OPEN_FAILED:
    'most likely nothing listens there: check host and port of the broker as seen from the mobile network, and the APN; ' +
    '`atmqtt doctor` with the same options finds out',
  CONNECT_REFUSED: 'check client id (-i), user name (-u) and password (-P), or the triple',
  CONNECT_FAILED: 'check that an MQTT broker listens there, and the signal with `atmqtt info`',
  SESSION_LOST: 'check that no other client uses the same client id (-i)',
};

export function hintFor(code: ErrorCode): string | undefined {
  return HINTS[code];
}

/** What the session goes on without, who refused it where that is known, and what follows, in one sentence. */
export function degradationText({ setting, consequence, refusedBy }: Degradation): string {
  return `${refusedBy === undefined ? '' : `the ${refusedBy} refused `}${setting}: ${consequence}`;
}
