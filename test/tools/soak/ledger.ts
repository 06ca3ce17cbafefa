import type { Histogram } from '../../../src/util/histogram.js';
import { payloadOf, sequenceOf } from './payloads.js';

interface Outstanding {
  readonly sequence: number;
  /** ms, by `performance.now()`. */
  readonly sent: number;
  /** When its sender, or on the way down the module, took responsibility for it was acknowledged. */
  acknowledged: number | undefined;
}

export interface LedgerCounts {
  sent: number;
  /** First arrivals. */
  arrived: number;
  repeats: number;
  /** Payloads that nobody sent. */
  mangled: number;
  /** First arrivals behind a later one. */
  outOfOrder: number;
}

/** What was sent and what has arrived on one topic; its memory does not grow with what has arrived. */
export class Ledger {
  readonly topic: string;
  readonly counts: LedgerCounts = { sent: 0, arrived: 0, repeats: 0, mangled: 0, outOfOrder: 0 };
  readonly #delays: Histogram;
  readonly #outstanding = new Map<number, Outstanding>();
  /** Sent again by its sender after a failure that it was told of: no order is promised for them. */
  readonly #resent = new Set<number>();
  #last = 0;

  /** `delays` takes the ms from sending to the first arrival. */
  constructor(topic: string, delays: Histogram) {
    this.topic = topic;
    this.#delays = delays;
  }

  get outstanding(): Iterable<Outstanding> {
    return this.#outstanding.values();
  }

  /** Whether a message has not arrived. */
  misses(sequence: number): boolean {
    return this.#outstanding.has(sequence);
  }

  get size(): number {
    return this.#outstanding.size;
  }

  send(): { readonly sequence: number; readonly payload: Buffer } {
    this.counts.sent += 1;
    const sequence = this.counts.sent;
    this.#outstanding.set(sequence, { sequence, sent: performance.now(), acknowledged: undefined });
    return { sequence, payload: payloadOf(sequence) };
  }

  resend(sequence: number): void {
    this.#resent.add(sequence);
  }

  acknowledge(sequence: number): void {
    const message = this.#outstanding.get(sequence);
    if (message !== undefined) message.acknowledged ??= performance.now();
  }

  arrive(payload: Buffer): void {
    const sequence = sequenceOf(payload);
    if (sequence === undefined || sequence > this.counts.sent) {
      this.counts.mangled += 1;
      return;
    }
    const message = this.#outstanding.get(sequence);
    if (message === undefined) {
      this.counts.repeats += 1;
      return;
    }
    this.#outstanding.delete(sequence);
    this.counts.arrived += 1;
    this.#delays.record(performance.now() - message.sent);
    if (this.#resent.delete(sequence)) return;
    if (sequence < this.#last) this.counts.outOfOrder += 1;
    else this.#last = sequence;
  }
}
