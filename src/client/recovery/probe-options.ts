import { checkInteger } from '../../at/checks.js';
import type { Dialect, SessionOptions } from '../../dialects/dialect.js';
import { checkOptions, type OptionNames } from '../../errors/check-options.js';
import { ArgumentError } from '../../errors/kinds.js';

export interface ProbeOptions {
  /** ms from one probe to the next, 1 to a day. Each costs two small messages over the air. */
  readonly interval: number;
  /** A topic that nobody else uses, default `atmqtt/probe/<clientId>`; the client must be allowed to do both on it. */
  readonly topic?: string;
  /** ms in which a probe must come back, default 30 000. */
  readonly timeout?: number;
}

export type ProbeSettings = Required<ProbeOptions>;

const NAMES = { interval: true, topic: true, timeout: true } as const satisfies OptionNames<ProbeOptions>;

const DAY = 24 * 60 * 60 * 1000;

/** At most four bytes each: the topic stays below the limit of every dialect. */
const NAME_CHARACTERS = 50;

/** The options filled in and checked; undefined for none. Throws an `ArgumentError`. */
export function probeSettings(
  options: ProbeOptions | undefined,
  dialect: Dialect,
  session: Pick<SessionOptions, 'clientId' | 'profile'>,
): ProbeSettings | undefined {
  if (options === undefined) return undefined;
  checkOptions(options, NAMES, { field: 'probe', prefix: 'probe.', example: '{ interval: 900_000 }' });
  const { interval, topic = defaultTopic(session.clientId), timeout = 30_000 } = options;
  if (typeof topic !== 'string') throw new ArgumentError('probe.topic', String(topic), 'a topic');
  dialect.checkPublication({ topic, payload: Buffer.alloc(0), qos: 0, retain: false }, session);
  return {
    interval: checkInteger('probe.interval', interval, 1, DAY),
    topic,
    timeout: checkInteger('probe.timeout', timeout, 1, DAY),
  };
}

/** MQTT 3.1.1 4.7.1: a client id may hold what a topic may not. */
function defaultTopic(clientId: string): string {
  const name = Array.from(clientId.replace(/[+#/]/g, '_')).slice(0, NAME_CHARACTERS);
  return `atmqtt/probe/${name.join('')}`;
}
