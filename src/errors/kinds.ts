import type { ErrorCode } from './codes.js';
import { type ErrorContext, ModemError } from './modem-error.js';
import { maskSecrets } from './secrets.js';

/** Where a command was when its time ran out. */
export type Stage = 'queue' | 'write' | 'prompt' | 'response' | 'result';

/** `INVALID_ARGUMENT`: a field is refused before anything is written. */
export class ArgumentError extends ModemError {
  readonly field: string;
  /** What the field must be, in words. */
  readonly limit: string;

  /** `shown` is the value as it may be printed: pass `'***'` for a secret. `message` is for words of its own. */
  constructor(field: string, shown: string, limit: string, message?: string) {
    super('INVALID_ARGUMENT', message ?? `${field} is ${shown}, but must be ${limit}`);
    this.field = field;
    this.limit = limit;
  }
}

/** The error for a file that the caller named: `cannot read "/nope": no such file or directory`. */
export function fileError(
  field: string,
  action: 'read' | 'write' | 'delete',
  path: string,
  cause: unknown,
): ArgumentError {
  // Node.js writes `ENOENT: no such file or directory, open '/nope'`.
  const reason = (cause as Error).message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+(?: '.*')?$/s, '');
  const shown = JSON.stringify(path);
  return new ArgumentError(field, shown, `a file to ${action}`, `cannot ${action} ${shown}: ${reason}`);
}

/** `TIMEOUT`: a stage of a command took longer than its limit in ms. */
export class TimeoutError extends ModemError {
  readonly stage: Stage;
  readonly limit: number;

  constructor(stage: Stage, limit: number, context: ErrorContext) {
    super('TIMEOUT', `${context.command ?? 'request'}: no ${STAGE_WORDS[stage]} within ${limit} ms`, context);
    this.stage = stage;
    this.limit = limit;
  }
}

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  queue: 'free channel',
  write: 'room to write',
  prompt: 'prompt',
  response: 'final result code',
  result: 'result',
};

/** `COMMAND_FAILED`: the module answered with a failing final result code. */
export class CommandError extends ModemError {
  /** The final result code as it came, e.g. `+CME ERROR: 10`. */
  readonly final: string;
  /** The number behind `+CME ERROR` or `+CMS ERROR`, or that of the words that stand there (`SIM busy`), if it is known. */
  readonly number: number | undefined;
  /** What the number means, in the words of TS 27.007 or 27.005. */
  readonly meaning: string | undefined;

  constructor(final: string, number: number | undefined, meaning: string | undefined, context: ErrorContext) {
    const told = meaning === undefined || final.toLowerCase().includes(meaning.toLowerCase());
    const what = told ? final : `${final} (${meaning})`;
    super('COMMAND_FAILED', `${context.command ?? 'command'}: the module answered ${what}`, context);
    this.final = maskSecrets(final);
    this.number = number;
    this.meaning = meaning;
  }
}

/** `REBOOTED`: a boot or power-down marker came while the request was pending. */
export class ModuleRebootedError extends ModemError {
  readonly marker: string;

  constructor(marker: string, context: ErrorContext = {}) {
    const during = context.command === undefined ? '' : ` during ${context.command}`;
    super('REBOOTED', `the module restarted${during}: it sent ${JSON.stringify(marker)}`, context);
    this.marker = maskSecrets(marker);
  }
}

/**
 * Something that is not the module spoke up: a serial server that said why it closes the connection (its port is in use,
 * its device is missing), that asks for a password (`NOT_RESPONDING`), or that speaks another protocol.
 */
export class SerialServerError extends ModemError {
  /** What it said, at most 200 bytes, control characters escaped; empty if it said nothing. */
  readonly said: string;
  /** URLs that fit what the server speaks, the best first. */
  readonly instead: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    { said = '', instead = [] }: { readonly said?: string; readonly instead?: readonly string[] },
    context: ErrorContext = {},
  ) {
    super(code, message, context);
    this.said = maskSecrets(said);
    this.instead = instead;
  }
}

/** A failure told by the MQTT stack of the module or by the broker. */
export class MqttError extends ModemError {
  /** `<result>` of the result URC, if one came. */
  readonly result: number | undefined;
  /** `<extend>` or `<ret_code>` of the result URC, if one came. */
  readonly extend: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    numbers: { readonly result?: number | undefined; readonly extend?: number | undefined } = {},
    context: ErrorContext = {},
  ) {
    super(code, message, context);
    this.result = numbers.result;
    this.extend = numbers.extend;
  }
}

/** `SESSION_LOST`: the connection of a session was closed from outside, by the broker or somewhere on the way to it. */
export class ConnectionClosedError extends MqttError {
  /** `status` is what the module reports, if it gives a number. */
  constructor(message: string, status?: number, extend?: number) {
    super('SESSION_LOST', message, { result: status, extend });
  }
}
