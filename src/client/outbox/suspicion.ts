import { ModemError } from '../../errors/modem-error.js';
import type { OutboxMessage } from './entry.js';

/** Accusations in a row before anything may be given up: fewer may be chance. */
export const CLOSINGS = 3;

/** Shortest and longest control, in ms. */
const SHORTEST = 500;
const LONGEST = 30_000;

/** A control lasts so many times as long as the connection lived after the message was sent. */
const CONTROL = 4;

/** An accusation is sound if the session had lived so many times as long before the message was sent. */
const PROOF = 2;

/** What the end of a session says of the messages under way. */
export interface Verdict<T> {
  /** The one that was under way alone when the connection was closed, after a control that the session had survived. */
  readonly accused?: { readonly one: T; readonly times: number };
  /** Accusations that are taken back: sessions end without them as well. */
  readonly cleared: ReadonlyMap<T, number>;
}

/**
 * Finds the message that a broker does not want. MQTT 3.1.1 has no refusal of a PUBLISH: such a broker closes the
 * connection, and the message would go out again first in the next session, for ever (lessons.md 19).
 *
 * A message that was under way at the end of two sessions in a row that were closed from outside is suspect. From then
 * on one message at a time is sent until all suspects have settled. As sessions are closed for other reasons too (the
 * network, a broker that restarts, another client with the same id), each accusation has its control: the session is
 * left alone at first, for longer than it took to lose the last one. One that ends in that time ends without the
 * message: no message is to blame, and what was held against any is taken back. Only what follows from a session that
 * lived on until the message alone was sent, and was closed then, counts.
 *
 * With closings at random, however often, the chance of one wrong accusation is below 0.1, and they count in a row only.
 * All times are in ms, by any clock.
 */
export class Suspicion<T> {
  /** Under way now, and when each was sent. */
  readonly #underWay = new Map<T, number>();
  /** Under way when the last session was closed. */
  #last: ReadonlySet<T> = new Set();
  readonly #suspects = new Set<T>();
  readonly #accusations = new Map<T, number>();
  #control = SHORTEST;
  /** From then on nothing has been sent whose effect is not known. */
  #cleanSince = 0;
  /** Whether the session is known to have lived through the control. */
  #survived = false;
  /** Requests of another kind that are not answered, and when the last one was made or answered. */
  #others = 0;
  #otherAt = Number.NEGATIVE_INFINITY;

  /** Whether one message at a time is sent, after a control. */
  get careful(): boolean {
    return this.#suspects.size > 0;
  }

  /** A session is up. */
  opened(now: number): void {
    this.#underWay.clear();
    this.#others = 0;
    this.#otherAt = now;
    this.#begin(now);
  }

  /** ms until the control is over, if nothing else is sent; 0: its end is due, or was reported. */
  wait(now: number): number {
    if (this.#survived) return 0;
    const quietSince = this.#others > 0 ? now : Math.max(this.#cleanSince, this.#otherAt);
    // Other requests put it off, but not for ever.
    const end = Math.min(quietSince + this.#control, this.#cleanSince + LONGEST);
    return Math.max(0, end - now);
  }

  /** Whether the next message may be sent. */
  get clear(): boolean {
    return !this.careful || (this.#survived && this.#underWay.size === 0);
  }

  /** The time of `wait` is over, and the module says that the session lives. */
  survived(): void {
    this.#survived = true;
  }

  sent(one: T, now: number): void {
    this.#underWay.set(one, now);
  }

  /** `proven`: the broker, or the module, has said what became of it; otherwise the connection may still be closed for it. */
  settled(one: T, now: number, proven: boolean): void {
    if (!this.#underWay.delete(one)) return;
    if (!proven) this.#begin(now);
  }

  /** It is delivered, or not to be sent any more. */
  forget(one: T): void {
    this.#accusations.delete(one);
    if (this.#suspects.delete(one) && !this.careful) this.#last = new Set();
  }

  /** Forgets the suspects that are not to be sent any more. */
  retain(waits: (one: T) => boolean): void {
    for (const one of this.#suspects) if (!waits(one)) this.forget(one);
  }

  /** A request of another kind is made; the returned function is called at its answer. */
  other(now: number): (then: number) => void {
    this.#others += 1;
    this.#otherAt = now;
    return (then) => {
      if (this.#others > 0) this.#others -= 1;
      this.#otherAt = then;
    };
  }

  /** The session is over; `closed`: from outside, with module and port in order. */
  ended(closed: boolean, now: number): Verdict<T> {
    const underWay = [...this.#underWay];
    this.#underWay.clear();
    if (!closed) {
      this.#last = new Set();
      return { cleared: new Map() };
    }
    const [first] = underWay;
    if (!this.careful) return this.#compare(underWay, now);
    return first === undefined ? this.#clear() : this.#judge(first, now);
  }

  #begin(now: number): void {
    this.#cleanSince = now;
    this.#survived = false;
  }

  #compare(underWay: readonly (readonly [T, number])[], now: number): Verdict<T> {
    for (const [one] of underWay) if (this.#last.has(one)) this.#suspects.add(one);
    this.#last = new Set(underWay.map(([one]) => one));
    // Which of them it was is not known: the control must do for the longest time that it can have taken.
    const sent = Math.min(now, ...underWay.map(([, at]) => at));
    this.#control = controlFor(now - sent);
    return { cleared: new Map() };
  }

  #judge([one, sent]: readonly [T, number], now: number): Verdict<T> {
    const took = now - sent;
    this.#control = controlFor(took);
    const quiet = sent - Math.max(this.#cleanSince, this.#otherAt);
    const sound = this.#others === 0 && quiet >= Math.min(PROOF * took, LONGEST / PROOF);
    if (!sound) return { cleared: new Map() };
    const times = (this.#accusations.get(one) ?? 0) + 1;
    this.#accusations.set(one, times);
    return { accused: { one, times }, cleared: new Map() };
  }

  #clear(): Verdict<T> {
    const cleared = new Map(this.#accusations);
    this.#accusations.clear();
    this.#suspects.clear();
    this.#last = new Set();
    return { cleared };
  }
}

function controlFor(took: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, CONTROL * took));
}

/** The error for a message that the broker refuses in the only way that MQTT 3.1.1 has: it closes the connection. */
export function refusedByClosing(message: OutboxMessage, times: number, cause: ModemError): ModemError {
  const { topic, qos, retain, payload } = message;
  const unwanted = [
    'the topic from this client',
    ...(retain ? ['retained messages'] : []),
    `QoS ${qos}`,
    payload.length === 1 ? '1 byte' : `${payload.length} bytes`,
  ];
  return new ModemError(
    'PUBLISH_REFUSED',
    `publish to "${topic}": the broker closed the connection each time this message was sent, ${times} times in a row; ` +
      `perhaps it does not accept ${unwanted.slice(0, -1).join(', ')} or ${unwanted.at(-1)}`,
    { cause },
  );
}
