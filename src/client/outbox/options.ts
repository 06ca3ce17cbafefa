import { checkInteger, checkOneOf } from '../../at/checks.js';
import { checkOptions, type OptionNames } from '../../errors/check-options.js';
import { ArgumentError } from '../../errors/kinds.js';

export interface OutboxOptions {
  /** Keep messages in this file too: what was accepted survives a crash and a power cut. Default: memory alone. */
  readonly file?: string | undefined;
  /** Most messages that wait, are in flight or were set aside, default 1000. */
  readonly maxMessages?: number | undefined;
  /** Most bytes of payload and topic, default 16 MiB. All of them are in memory, also with a file. */
  readonly maxBytes?: number | undefined;
  /** When full: refuse the new message (default), or drop the oldest one that is not in flight. */
  readonly policy?: 'reject' | 'drop-oldest' | undefined;
  /** After so many ms a message that was not delivered is dropped, by the clock of the system; default never. */
  readonly timeToLive?: number | undefined;
  /** With a file: keep QoS 0 messages that are published offline in it as well, default false. */
  readonly qosZero?: boolean | undefined;
  /**
   * A message with QoS 1 or 2 that failed so often in a live session is given up, default 5: set aside in the file, or
   * dropped if there is none.
   */
  readonly maxAttempts?: number | undefined;
}

/** The options with everything checked and filled in. */
export interface OutboxSettings {
  readonly file: string | undefined;
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly policy: 'reject' | 'drop-oldest';
  readonly timeToLive: number | undefined;
  readonly qosZero: boolean;
  readonly maxAttempts: number;
}

const NAMES = {
  ...{ file: true, maxMessages: true, maxBytes: true, policy: true, timeToLive: true, qosZero: true },
  maxAttempts: true,
} as const satisfies OptionNames<OutboxOptions>;

/** Throws an `ArgumentError`. */
export function outboxSettings(options: OutboxOptions = {}): OutboxSettings {
  checkOptions(options, NAMES, { field: 'outbox', prefix: 'outbox.', example: "{ file: 'outbox.db' }" });
  const { file, maxMessages = 1000, maxBytes = 16 * 1024 * 1024, policy = 'reject' } = options;
  const { qosZero = false, maxAttempts = 5 } = options;
  if (file !== undefined && (typeof file !== 'string' || file === '')) {
    throw new ArgumentError('outbox.file', JSON.stringify(file), 'the path of a file');
  }
  return {
    file,
    maxMessages: checkInteger('outbox.maxMessages', maxMessages, 1, Number.MAX_SAFE_INTEGER),
    maxBytes: checkInteger('outbox.maxBytes', maxBytes, 1, Number.MAX_SAFE_INTEGER),
    policy: checkOneOf('outbox.policy', policy, ['reject', 'drop-oldest']),
    timeToLive: checkTimeToLive('outbox.timeToLive', options.timeToLive),
    qosZero: checkOneOf('outbox.qosZero', qosZero, [true, false]),
    maxAttempts: checkInteger('outbox.maxAttempts', maxAttempts, 1, Number.MAX_SAFE_INTEGER),
  };
}

/** ms, at most a hundred years; undefined is for ever. */
export function checkTimeToLive(field: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : checkInteger(field, value, 1, 100 * 365 * 24 * 60 * 60 * 1000);
}
