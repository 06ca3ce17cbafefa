import { MAX_MESSAGE_ID } from './limits.js';

/** `<msgID>`s in turn, 1–65535: one that ran out of time comes again as late as can be (dialect section 8). */
export class MessageIds {
  #last = 0;

  next(): number {
    this.#last = (this.#last % MAX_MESSAGE_ID) + 1;
    return this.#last;
  }
}
