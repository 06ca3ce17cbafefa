import type { ModemError } from '../../errors/modem-error.js';
import { deferred } from '../../util/deferred.js';
import { delivery, type WaitOptions } from '../delivery.js';

/** What `publish()` returns: settles when the message is delivered, or will not be. */
export interface Publishing extends Promise<void> {
  /**
   * Resolves when the message is in the outbox: with a file, when it is on the disk. Who asks for it leaves the rest to
   * the outbox: a later failure is then no unhandled rejection, the event `undelivered` tells it.
   */
  readonly accepted: Promise<void>;
}

/** The handles of a `Publishing`. */
export interface PublishingHandles {
  readonly promise: Publishing;
  readonly signal: AbortSignal | undefined;
  accept(): void;
  resolve(): void;
  reject(error: ModemError): void;
}

/** `what` stands for the request in errors. */
export function publishing(what: string, options: WaitOptions, givenUp: () => void): PublishingHandles {
  const accepted = deferred<void>();
  const delivered = delivery(what, options, (error) => {
    accepted.reject(error);
    givenUp();
  });
  return {
    promise: joined(delivered.promise, accepted.promise),
    signal: delivered.signal,
    accept: () => accepted.resolve(),
    resolve: () => {
      accepted.resolve();
      delivered.resolve();
    },
    reject: (error) => {
      accepted.reject(error);
      delivered.reject(error);
    },
  };
}

/** A message that is refused before it reaches the outbox. */
export function refused(error: unknown): Publishing {
  return joined(Promise.reject(error), Promise.reject(error));
}

function joined(delivered: Promise<void>, accepted: Promise<void>): Publishing {
  const silence = () => {};
  accepted.catch(silence);
  const get = () => {
    delivered.catch(silence);
    return accepted;
  };
  return Object.defineProperty(delivered, 'accepted', { get }) as Publishing;
}
