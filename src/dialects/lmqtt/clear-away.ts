import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import { CommandError, MqttError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { CLOSE } from './commands/close.js';
import { DISCONNECT } from './commands/disconnect.js';
import { executeWithoutId } from './late-results.js';
import { CONNECTION_ID as id } from './limits.js';

/** Limit in ms for each of the two commands after a failed attempt: the caller waits for the failure. */
const LEAVE_LIMIT = 5_000;

/**
 * LMQTTDISC and LMQTTCLOSE: no session is open afterwards, be it of this process or of one before it. They answer
 * `ERROR` when nothing is open [C]; what they report otherwise changes nothing either. The late result of an earlier
 * one does no harm: it says that the same connection is closed. `unread` fetches messages that the module keeps: before
 * DISC, and before CLOSE those that came meanwhile.
 */
export async function clearAway(
  port: CommandPort,
  options: ExecuteOptions,
  unread: () => Promise<void> = async () => {},
): Promise<void> {
  await unread();
  await leave(port, DISCONNECT, options);
  await unread();
  await leave(port, CLOSE, options);
}

async function leave(
  port: CommandPort,
  command: typeof DISCONNECT | typeof CLOSE,
  options: ExecuteOptions,
): Promise<void> {
  try {
    await executeWithoutId(port, command, { id }, { ...options, priority: 'recovery' });
  } catch (error) {
    if (!isHarmless(error)) throw error;
  }
}

/** Clears away what a failed attempt left half open, if the module still talks; never rejects. */
export async function clearAwayAfter(failure: unknown, port: CommandPort): Promise<void> {
  if (!stillTalks(failure)) return;
  await clearAway(port, { timeout: LEAVE_LIMIT }).catch(() => {});
}

function isHarmless(error: unknown): boolean {
  return error instanceof CommandError || (error instanceof TimeoutError && error.stage === 'result');
}

function stillTalks(failure: unknown): boolean {
  return (
    failure instanceof MqttError ||
    failure instanceof CommandError ||
    (failure instanceof ModemError && (failure.code === 'ABORTED' || failure.code === 'TIMEOUT'))
  );
}
