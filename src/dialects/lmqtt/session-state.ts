import type { CommandPort } from '../../at/command-port.js';
import { CommandError, ConnectionClosedError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { CONNECT_STATE, CONNECTED } from './commands/connect-state.js';

/** Modules that have answered LMQTTCONN? before: `ERROR` is no missing feature there. */
const TELLING = new WeakSet<CommandPort>();

/** Resolves if the module says that the session is connected; rejects with why it is not, or with why it does not say. */
export async function requireConnected(port: CommandPort, signal: AbortSignal): Promise<void> {
  const { state } = await port.execute(CONNECT_STATE, null, { signal, priority: 'recovery' });
  TELLING.add(port);
  if (state === CONNECTED) return;
  throw new ConnectionClosedError(`session lost: LMQTTCONN? answers state ${state}`);
}

/** What is left to find out after `requireConnected` has rejected. */
export type Doubt = 'none' | 'garbled' | 'refused';

/** `garbled`: what came is no answer, or nothing came; another question may do better. */
export function doubtOf(error: unknown, port: CommandPort): Doubt {
  if (error instanceof CommandError && !TELLING.has(port)) return 'refused';
  if (!(error instanceof ModemError)) return 'none';
  return ['TIMEOUT', 'BAD_RESPONSE', 'COMMAND_FAILED'].includes(error.code) ? 'garbled' : 'none';
}
