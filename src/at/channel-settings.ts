import { checkInteger } from './checks.js';
import { MAX_LINE } from './digester.js';
import type { RunnerOptions } from './runner.js';

/** The largest delay of a Node timer. */
const MAX_DELAY = 2 ** 31 - 1;

/** Longest line that may be asked for: 1 MiB. */
const LARGEST_LINE = 2 ** 20;

export interface ChannelSettings extends RunnerOptions {
  readonly maxLine: number;
}

/** The settings of a channel with the defaults filled in; throws an `ArgumentError` that names the option. */
export function channelSettings(options: Partial<ChannelSettings>): ChannelSettings {
  const { gap = 0, wakeAfter = 30_000, writeLimit = 10_000, maxLine = MAX_LINE } = options;
  return {
    gap: checkDelay('gap', gap, 0),
    wakeAfter: checkDelay('wakeAfter', wakeAfter, 0),
    writeLimit: checkDelay('writeLimit', writeLimit, 1),
    maxLine: checkInteger('maxLine', maxLine, 1, LARGEST_LINE),
    open: options.open,
    resync: checkTries('resync.', options.resync ?? { tries: 8, interval: 500 }),
  };
}

/** Checks how often something is tried, and how many ms apart. */
export function checkTries(
  prefix: string,
  { tries, interval }: { readonly tries: number; readonly interval: number },
): { readonly tries: number; readonly interval: number } {
  return {
    tries: checkInteger(`${prefix}tries`, tries, 1, 10_000),
    interval: checkDelay(`${prefix}interval`, interval, 1),
  };
}

function checkDelay(field: string, value: number, min: number): number {
  return checkInteger(field, value, min, MAX_DELAY);
}
