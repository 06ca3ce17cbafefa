import type { Stage } from '../errors/kinds.js';
import { Histogram } from '../util/histogram.js';
import { checkInteger } from './checks.js';
import { type DropReason, MAX_LINE } from './digester.js';
import type { OpenPrompt } from './resync-options.js';

/** The largest delay of a Node timer. */
const MAX_DELAY = 2 ** 31 - 1;

/** Longest line that may be asked for: 1 MiB. */
const LARGEST_LINE = 2 ** 20;

export interface RunnerOptions {
  readonly gap: number;
  readonly wakeAfter: number;
  readonly writeLimit: number;
  readonly resync: { readonly tries: number; readonly interval: number };
  /** The prompt at which the module may be from the beginning. */
  readonly open: OpenPrompt | undefined;
}

interface ChannelSettings extends RunnerOptions {
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

/** What a channel counts. */
export interface ChannelStats {
  /** Command lines written. */
  commands: number;
  /** Time limits that ran out, by stage. */
  readonly timeouts: Record<Stage, number>;
  /** Times the answers had to be brought back into step. */
  resyncs: number;
  /** Lines that no command and no declared URC owned. */
  unknownLines: number;
  /** Final result codes that answered nothing. */
  strayResults: number;
  /** Bytes thrown away, by reason. */
  readonly dropped: Record<DropReason, number>;
  /** From a command line, or its payload, to the final result code. */
  readonly roundTrip: Histogram;
}

export function emptyStats(): ChannelStats {
  return {
    commands: 0,
    timeouts: { queue: 0, write: 0, prompt: 0, response: 0, result: 0 },
    resyncs: 0,
    unknownLines: 0,
    strayResults: 0,
    dropped: { 'too-long': 0, garbage: 0, 'out-of-step': 0, incomplete: 0 },
    roundTrip: new Histogram(),
  };
}
