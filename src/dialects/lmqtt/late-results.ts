import type { TwoStageCommand } from '../../at/command.js';
import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import { CommandError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';

/** Until when (`performance.now()`) a port may bring the result of a command that was given up. */
const LATE_UNTIL = new WeakMap<CommandPort, number>();

/**
 * Runs a command whose result URC carries no id: OPEN, CONN, DISC, CLOSE. If it is given up, its result may still come
 * and look like that of the next one. The manual names the time within which each comes (lmqtt.md 3 [M]): so
 * long the port is remembered as doubtful.
 */
export async function executeWithoutId<A, V>(
  port: CommandPort,
  command: TwoStageCommand<A, V>,
  args: A,
  options: ExecuteOptions,
): Promise<V> {
  try {
    return await port.execute(command, args, options);
  } catch (error) {
    // A refused command has no result.
    if (!(error instanceof CommandError)) remember(port, error, command.limits.result ?? 0);
    throw error;
  }
}

/** Whether what looks like a result of OPEN, CONN, DISC or CLOSE may be that of a command given up before. */
export function lateResultPossible(port: CommandPort): boolean {
  return (LATE_UNTIL.get(port) ?? 0) > performance.now();
}

/** The module restarted: nothing is to come any more. */
export function forgetLateResults(port: CommandPort): void {
  LATE_UNTIL.delete(port);
}

function remember(port: CommandPort, error: unknown, limit: number): void {
  if (error instanceof ModemError && error.code === 'REBOOTED') return forgetLateResults(port);
  LATE_UNTIL.set(port, Math.max(LATE_UNTIL.get(port) ?? 0, performance.now() + limit));
}
