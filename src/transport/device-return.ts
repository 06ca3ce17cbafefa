import { stat } from 'node:fs/promises';
import { delay } from '../util/delay.js';
import { listPorts } from './list-ports.js';

/** ms between two looks at a device that is away. */
const INTERVAL = 500;

/**
 * Resolves when the device at `path`, a device path or a link to one, comes back or is replaced by another; never
 * otherwise, not even when the signal fires.
 */
export async function deviceReturns(path: string, signal: AbortSignal, interval = INTERVAL): Promise<void> {
  const look = process.platform === 'win32' ? listed : nodeAt;
  let last = await look(path);
  while (!signal.aborted) {
    await delay(interval, signal);
    const now = await look(path);
    if (now !== undefined && now !== last && !signal.aborted) return;
    last = now;
  }
  await new Promise<never>(() => {});
}

/** What tells a device node from the one that follows it, rights included: udev sets them a moment later. */
async function nodeAt(path: string): Promise<string | undefined> {
  const node = await stat(path).catch(() => undefined);
  if (node === undefined) return undefined;
  const { ino, rdev, mode, uid, gid } = node;
  return [ino, rdev, mode, uid, gid].join(' ');
}

/** Windows has no nodes for its ports. */
async function listed(path: string): Promise<string | undefined> {
  const ports = await listPorts();
  return ports.some((port) => port.path === path) ? path : undefined;
}
