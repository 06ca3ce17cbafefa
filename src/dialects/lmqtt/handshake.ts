import type { CommandPort, ExecuteOptions, TwoStageCommand } from '../../at/command.js';
import { CommandError, MqttError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { SessionOptions } from '../dialect.js';
import { CLOSE, CONNECT, CONNECT_STATE, CONNECTED, DISCONNECT, OPEN } from './connection-commands.js';
import { connectFailure, openFailure, raise } from './failures.js';
import { CONNECTION_ID as id } from './limits.js';

/** LMQTTOPEN, and LMQTTCONN at once behind it: brokers drop a socket that stays silent (lmqtt.md 3 [T]). */
export async function handshake(
  port: CommandPort,
  { broker, clientId, username, password }: SessionOptions,
  options: ExecuteOptions,
  entering: (step: 'open' | 'connect') => void,
): Promise<void> {
  const doubtful = lateResultPossible(port);
  entering('open');
  raise(
    openFailure(await executeWithoutId(port, OPEN, { id, host: broker.host, port: broker.port }, options)),
  );
  entering('connect');
  const credentials = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
  raise(connectFailure(await executeWithoutId(port, CONNECT, { id, clientId, ...credentials }, options)));
  if (doubtful) await proveConnected(port, options);
}

/** LMQTTCONN? tells the state itself: a late result does not change it. */
async function proveConnected(port: CommandPort, options: ExecuteOptions): Promise<void> {
  const { state } = await port.execute(CONNECT_STATE, null, options);
  if (state === CONNECTED) return;
  throw new MqttError('CONNECT_FAILED', `connect failed: LMQTTCONN? answers state ${state}`);
}

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

/** Until when (`performance.now()`) a port may bring the result of a command that was given up. */
const LATE_UNTIL = new WeakMap<CommandPort, number>();

/**
 * Runs a command whose result URC carries no id: OPEN, CONN, DISC, CLOSE. If it is given up, its result may still come
 * and look like that of the next one. The manual names the time within which each comes (lmqtt.md 3 [M]): so
 * long the port is remembered as doubtful.
 */
async function executeWithoutId<A, V>(
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
