export interface ResyncPaceOptions {
  /** ms from one try to the next, as long as nothing is known of the module. */
  readonly interval: number;
  /** ms that the module took for the last proof that it answered, if that is known. */
  readonly answerTime?: number | undefined;
}

/** Longest wait, in intervals, for several proofs in silence, and longest time that a vague answer tells of. */
export const MAX_WAIT = 4;

/** Longest wait, in intervals, for a module known as slow: at 500 ms twice the 5 s that lmqtt.md 1 [T] allows. */
const MAX_PATIENCE = 20;

/** An answer is waited for so many times as long as the slowest one took. */
const MARGIN = 1.5;

/** How long to wait for what, in ms: learns from each answer how long the module takes. */
export class ResyncPace {
  readonly interval: number;
  #answerTime: number | undefined;

  constructor({ interval, answerTime }: ResyncPaceOptions) {
    this.interval = interval;
    this.#answerTime = answerTime;
  }

  /** Whether anything is known of how long the module takes. */
  get known(): boolean {
    return this.#answerTime !== undefined;
  }

  /**
   * An answer took `ms` at most. A vague one answered any of several `AT`: a long silence before it tells more of a boot
   * or of sleep than of a slow module.
   */
  learn(ms: number, vague: boolean): void {
    const known = vague ? Math.min(ms, MAX_WAIT * this.interval) : ms;
    this.#answerTime = Math.max(this.#answerTime ?? 0, known);
  }

  /**
   * For the answer to `AT`. A module that takes an interval is usual (lmqtt.md 1: about 0.5 s [T]): until more is
   * known, the first one gets a margin, as the answer to a second one would have to be waited for as well. The later
   * ones meet a module that slept or boots, which is to be found soon. All of them together take `left` ms.
   */
  forAttention(first: boolean, left: number): number {
    const usual = first && this.#answerTime === undefined ? MARGIN * this.interval : this.interval;
    const wait = Math.max(usual, Math.min(this.#patience, MARGIN * MAX_WAIT * this.interval));
    return left - wait < this.interval / 2 ? left : wait;
  }

  /** For the answer to any of so many proofs; at least for one. */
  forProofs(count: number): number {
    const patience = this.#patience;
    return Math.min(Math.max(count, 1) * patience, Math.max(MAX_WAIT * this.interval, patience));
  }

  get #patience(): number {
    const learned = Math.ceil(MARGIN * (this.#answerTime ?? 0));
    return Math.max(this.interval, Math.min(learned, MAX_PATIENCE * this.interval));
  }
}
