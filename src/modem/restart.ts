import type { EventEmitter } from 'node:events';
import { abortedError, ModemError } from '../errors/modem-error.js';
import { onAbort } from '../util/abort.js';
import { delay } from '../util/delay.js';
import type { ModemEvents } from './events.js';

/** ms to wait for the boot marker after `OK`; without one the start-up finds out by itself whether the module is up [A]. */
const BOOT_LIMIT = 10_000;

/** A module that goes down before its `OK` has done what it was told. */
export async function orReboot(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ModemError) || error.code !== 'REBOOTED') throw error;
  }
}

/** Runs the command that restarts the module, and waits for the boot marker. Rejects with `ABORTED` or as it does. */
export async function afterReboot(
  modem: EventEmitter<ModemEvents>,
  signal: AbortSignal | undefined,
  command: () => Promise<unknown>,
): Promise<void> {
  const wake = new AbortController();
  const onWake = () => wake.abort();
  const forgetSignal = onAbort(signal, onWake);
  modem.once('reboot', onWake);
  modem.once('close', onWake);
  try {
    await orReboot(command());
    await delay(BOOT_LIMIT, wake.signal);
    if (signal?.aborted) throw abortedError(signal);
  } finally {
    forgetSignal();
    modem.off('reboot', onWake);
    modem.off('close', onWake);
  }
}
