import type { Degradation, Qos } from '../dialects/dialect.js';
import type { OptionNames } from '../errors/check-options.js';
import type { ModemError } from '../errors/modem-error.js';
import type { Registration } from '../modem/registration.js';
import type { HistogramSummary } from '../util/histogram.js';
import type { WaitOptions } from './delivery.js';
import type { OutboxMessage, OutboxStats } from './outbox/entry.js';
import type { RecoveryStage, Rung } from './recovery/ladder.js';

/** What is known of a message: the AT interface tells neither `qos` nor `retain` nor `dup` of a downlink. */
export interface Packet {
  readonly cmd: 'publish';
  readonly topic: string;
  readonly payload: Buffer;
  /** The id under which the module reported it, not the packet identifier of the broker. */
  readonly messageId: number;
}

/** One step of getting back to a session. */
export interface RecoveryStep {
  /** What is done before the next try of the session. */
  readonly rung: Rung;
  /** 1 for the first after a loss. */
  readonly attempt: number;
  /** ms until then. */
  readonly delay: number;
  /** What made it necessary: the loss, or the failure of the step before. */
  readonly reason: ModemError;
  /** Where that happened. */
  readonly stage: RecoveryStage;
  /** All of it for people: what happened, at which stage, and what atmqtt does now. */
  readonly sentence: string;
}

/** Names and order as in MQTT.js where the meaning is the same: a lost link gives `offline`, `close`, `reconnect`. */
export interface ClientEvents {
  /**
   * A session is up. Of the first one as well: a listener that is added as soon as `connect()` has resolved, before
   * anything else is awaited, hears of it.
   */
  connect: [];
  message: [topic: string, payload: Buffer, packet: Packet];
  /** An attempt to get a session back begins. */
  reconnect: [attempt: number];
  offline: [];
  close: [];
  /** A failure that no promise tells. Emitted only if somebody listens: a lost link is no reason to end a process. */
  error: [error: ModemError];
  /** `end()` is done, or the client gave up. The last event. */
  end: [];
  /** A message left the outbox: it was sent, and acknowledged if its QoS is above 0. Also those of an earlier run. */
  delivered: [message: OutboxMessage];
  /** The outbox gave a message up: expired, pushed out by later ones, or refused for good. */
  undelivered: [message: OutboxMessage, error: ModemError];
  /** After a loss or a failed attempt: what is tried next, and when. */
  recovery: [step: RecoveryStep];
  /** The session goes on without a setting, a subscription or a check; `refusedBy` tells who refused it, if anybody did. */
  degraded: [degradation: Degradation];
  /** An unsolicited line of the module, wire text (latin1). */
  urc: [line: string];
  /** The registration with the network changed. */
  registration: [registration: Registration];
  /** The module restarted. */
  reboot: [marker: string];
}

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
