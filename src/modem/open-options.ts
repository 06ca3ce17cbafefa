import { channelSettings } from '../at/channel-options.js';
import { checkInteger, checkOneOf } from '../at/checks.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import type { ModulePortOptions } from './module-port.js';
import { checkStartUp } from './start-up.js';

export type OpenModemOptions = ModulePortOptions & {
  /** Gives up opening; what was half open is closed. */
  readonly signal?: AbortSignal;
};

export const MODEM_OPTION_NAMES = {
  ...{ echo: true, startTimeout: true, openTimeout: true, gap: true, wakeAfter: true, maxLine: true },
  ...{ fillUp: true, trace: true, traceSecrets: true, signal: true },
} as const satisfies OptionNames<OpenModemOptions>;

/** The largest delay of a Node timer. */
const MAX_DELAY = 2 ** 31 - 1;

/** Throws an `ArgumentError` for anything but an object with options of `openModem()`. Looks at no value. */
export function checkModemOptionNames(options: unknown): void {
  checkOptions(options, MODEM_OPTION_NAMES, { example: '{ startTimeout: 30_000 }' });
}

/** Throws an `ArgumentError` for values that cannot be. */
export function checkModemOptions(options: OpenModemOptions): void {
  const { openTimeout = 1, trace, traceSecrets = false, signal, gap, wakeAfter, maxLine } = options;
  checkStartUp(options);
  channelSettings({
    ...(gap === undefined ? {} : { gap }),
    ...(wakeAfter === undefined ? {} : { wakeAfter }),
    ...(maxLine === undefined ? {} : { maxLine }),
  });
  checkInteger('openTimeout', openTimeout, 1, MAX_DELAY);
  checkOneOf('traceSecrets', traceSecrets, [true, false]);
  if (trace !== undefined && typeof trace !== 'function') {
    throw new ArgumentError(
      'trace',
      typeof trace,
      'a function',
      `trace: a ${typeof trace} given: give a function`,
    );
  }
  checkSignal(signal);
}

/** Throws an `ArgumentError` for anything but an `AbortSignal` or undefined. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  const message = `signal: a ${typeof signal} given: give the signal of an AbortController`;
  throw new ArgumentError('signal', typeof signal, 'an AbortSignal', message);
}
