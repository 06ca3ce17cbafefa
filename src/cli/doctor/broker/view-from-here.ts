import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { onAbort } from '../../../util/abort.js';

/** What this machine sees of the broker, over its own network: the module goes another way. */
export type ViewFromHere = 'unknown-host' | 'refused' | 'unreachable' | 'reachable';

/** ms. */
const LIMIT = 3_000;

/** Looks whether something listens on the port; nothing is sent. Never rejects. */
export async function viewFromHere(host: string, port: number, signal: AbortSignal): Promise<ViewFromHere> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]);
  const addresses = await within(limit, lookup(host, { all: true }));
  if (addresses === undefined || addresses.length === 0) return 'unknown-host';
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: limit });
    return 'reachable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : 'unreachable';
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

/** The value, or undefined after a rejection, or when the signal fires: a lookup cannot be aborted. */
function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    promise.then(resolve, () => resolve(undefined));
    onAbort(signal, () => resolve(undefined));
  });
}
