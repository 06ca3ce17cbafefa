import { SerialServerError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { maskSecrets } from '../errors/secrets.js';
import { type ExitCode, exitCodeOf } from './exit-codes.js';
import { hintFor } from './hints.js';

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
