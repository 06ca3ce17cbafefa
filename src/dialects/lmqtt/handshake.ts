import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import { MqttError } from '../../errors/kinds.js';
import type { SessionOptions } from '../dialect.js';
import { CONNECT } from './commands/connect.js';
import { CONNECT_STATE, CONNECTED } from './commands/connect-state.js';
import { OPEN } from './commands/open.js';
import { connectFailure, openFailure, raise } from './failures.js';
import { executeWithoutId, lateResultPossible } from './late-results.js';
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
