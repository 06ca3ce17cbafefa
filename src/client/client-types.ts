import type { Qos } from '../dialects/dialect.js';
import type { OptionNames } from '../errors/check-options.js';
import type { HistogramSummary } from '../util/histogram.js';
import type { WaitOptions } from './delivery.js';
import type { OutboxStats } from './outbox/outbox-types.js';

export interface PublishOptions extends WaitOptions {
  /** Default 0. */
  readonly qos?: Qos;
  /** Default false. */
  readonly retain?: boolean;
  /** After so many ms in the outbox the message is dropped, default that of the outbox. */
  readonly timeToLive?: number;
}

export interface SubscribeOptions extends WaitOptions {
  /** Default 0; a map of topics brings its own. */
  readonly qos?: Qos;
}

export interface EndOptions {
  /** Do not wait for messages under way, default false. */
  readonly force?: boolean;
  /** How long to wait for them in ms, default 10 000. */
  readonly timeout?: number;
}

export const WAIT_NAMES = { timeout: true, signal: true } as const satisfies OptionNames<WaitOptions>;

export const PUBLISH_NAMES = {
  ...WAIT_NAMES,
  ...{ qos: true, retain: true, timeToLive: true },
} as const satisfies OptionNames<PublishOptions>;

export const SUBSCRIBE_NAMES = { ...WAIT_NAMES, qos: true } as const satisfies OptionNames<SubscribeOptions>;

export const END_NAMES = { force: true, timeout: true } as const satisfies OptionNames<EndOptions>;

/** What the client has counted. */
export interface ClientStats extends OutboxStats {
  /** Messages whose result was good. */
  delivered: number;
  /** Messages handed to the module again. */
  retried: number;
  received: number;
  /** Messages that came before anybody listened and were too many to be kept; a stream counts its own. */
  dropped: number;
  reconnects: number;
  /** From the hand-over of a message to the module to its good result; ms. */
  publishRoundTrip: HistogramSummary;
  /** Publishes that may wait for their result now. */
  windowSize: number;
  /** Messages that wait or are in flight. */
  outbox: number;
}
