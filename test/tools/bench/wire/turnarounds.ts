/** How long a line was idle because one side had not yet answered the other; all times by `performance.now()`. */
export class Turnarounds {
  /** ms that the TE took to go on after a prompt or a final result code. */
  te = 0;
  /** ms that the TA took to answer. */
  ta = 0;
  /** When the TE had the word, and the TA. */
  #answered: number | undefined;
  #asked: number | undefined;

  /** Bytes of the TE begin at `now`; the last of them will have passed at `passed`. */
  fromTe(now: number, passed: number): void {
    if (this.#answered !== undefined) this.te += now - this.#answered;
    this.#answered = undefined;
    this.#asked = passed;
  }

  /** Bytes of the TA begin; a URC that comes while the TE still sends is no answer. */
  fromTa(now: number): void {
    if (this.#asked === undefined || now < this.#asked) return;
    this.ta += now - this.#asked;
    this.#asked = undefined;
  }

  /** A prompt or a final result code has passed. */
  answered(now: number): void {
    this.#answered = now;
  }

  reset(): void {
    this.te = 0;
    this.ta = 0;
    this.#answered = undefined;
    this.#asked = undefined;
  }
}
