import type { Degradation } from '../dialects/dialect.js';
import type { ModemError } from '../errors/modem-error.js';

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
  /** `session`: DISC, CLOSE, CFG, OPEN, CONN, subscriptions; `port`: before that, open the port that is gone or silent. */
  readonly rung: 'session' | 'port';
  /** 1 for the first after a loss. */
  readonly attempt: number;
  /** What made it necessary: the loss, or the failure of the step before. */
  readonly reason: ModemError;
}

/** Names and order as in MQTT.js where the meaning is the same: a lost link gives `offline`, `close`, `reconnect`. */
export interface ClientEvents {
  /** A session is up again; the first one is up when `connect()` resolves, before anybody can listen. */
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
  recovery: [step: RecoveryStep];
  /** The module refused a setting that the session can do without. */
  degraded: [degradation: Degradation];
  /** An unsolicited line of the module, wire text (latin1). */
  urc: [line: string];
  /** The module restarted. */
  reboot: [marker: string];
}
