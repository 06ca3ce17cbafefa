import type { ErrorCode } from './codes.js';
import { maskSecrets } from './secrets.js';

/** What a `ModemError` knows about its cause; every text in it has its secrets masked. */
export interface ErrorContext {
  /** The command line, without its line end. */
  readonly command?: string;
  /** Lines received for the command so far. */
  readonly lines?: readonly string[];
  readonly cause?: unknown;
}

/** Any failure of this library. `code` is stable; `message` is for people. */
export class ModemError extends Error {
  readonly code: ErrorCode;
  readonly command: string | undefined;
  readonly lines: readonly string[];

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(maskSecrets(message), context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.command = context.command === undefined ? undefined : maskSecrets(context.command);
    this.lines = (context.lines ?? []).map(maskSecrets);
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** The error for a request whose AbortSignal fired; the signal's reason becomes the cause. */
export function abortedError(signal: AbortSignal, command?: string): ModemError {
  return new ModemError('ABORTED', `${command ?? 'request'}: aborted by the caller`, {
    ...(command === undefined ? {} : { command }),
    cause: signal.reason,
  });
}
