import { onAbort } from '../../util/abort.js';
import { deferred } from '../../util/deferred.js';

/** Messages of one side, by topic, until somebody asks for them. */
export class Mailbox {
  readonly #signal: AbortSignal;
  readonly #arrived = new Map<string, Buffer[]>();
  readonly #waiting = new Map<string, (payload: Buffer) => void>();

  /** When the signal aborts, waiting ends with its reason. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  put(topic: string, payload: Buffer): void {
    const waiting = this.#waiting.get(topic);
    this.#waiting.delete(topic);
    if (waiting !== undefined) return waiting(payload);
    this.#arrived.set(topic, [...(this.#arrived.get(topic) ?? []), payload]);
  }

  /** The next message of the topic; one at a time may wait for it. */
  async take(topic: string): Promise<Buffer> {
    const arrived = this.#arrived.get(topic)?.shift();
    if (arrived !== undefined) return arrived;
    const { promise, resolve, reject } = deferred<Buffer>();
    this.#waiting.set(topic, resolve);
    const forget = onAbort(this.#signal, () => reject(this.#signal.reason));
    try {
      return await promise;
    } finally {
      forget();
    }
  }
}
