import { CONNECT_RESULTS, RETURN_CODES } from '../../dialects/lmqtt/codes/connect-codes.js';
import { CONNECT, type ConnectRequest } from '../../dialects/lmqtt/commands/connect.js';
import { CONNECT_STATE } from '../../dialects/lmqtt/commands/connect-state.js';
import { CONNECTION_ID } from '../../dialects/lmqtt/limits.js';
import type { SessionOptions } from '../mqtt/session.js';
import type { Settings } from '../mqtt/settings.js';
import { answering, starting } from './behaviour.js';
import { foreignConnection, NOT_ALLOWED } from './refusals.js';

/** No CONNACK came [A]. */
const SEND_FAILED = {
  result: CONNECT_RESULTS.SEND_FAILED.value,
  returnCode: RETURN_CODES.SEND_FAILED.value,
};

/**
 * `LMQTTCONN`: MQTT CONNECT; dialect section 3 [M]. Without an open connection, or twice: `+CME ERROR: 3` [A].
 */
export const connect = [
  starting(CONNECT, {
    refuse: ({ stack }, { id }) =>
      foreignConnection(id) ?? (stack.state === 'open' ? undefined : NOT_ALLOWED),
    start: ({ stack, settings, faults }, args, report) => {
      const { id } = args;
      const returnCode = faults.ask((fault) => fault.connectRefusal?.());
      if (returnCode !== undefined) {
        report({ id, result: CONNECT_RESULTS.ACKNOWLEDGED.value, returnCode });
        return;
      }
      stack.connect(sessionOptions(args, settings), (outcome) => {
        if (outcome === 'failed') report({ id, ...SEND_FAILED });
        else report({ id, result: CONNECT_RESULTS.ACKNOWLEDGED.value, ...outcome });
      });
    },
  }),
  answering(CONNECT_STATE, { answer: ({ stack }) => ({ id: CONNECTION_ID, state: stack.connectState }) }),
];

function sessionOptions(
  { clientId, username, password }: ConnectRequest,
  settings: Settings,
): SessionOptions {
  const { will } = settings.get('will');
  return {
    clientId,
    username,
    password,
    keepalive: settings.get('keepalive').seconds,
    clean: settings.get('session').clean,
    protocolVersion: settings.get('version').version,
    will: will === null ? undefined : { ...will, payload: Buffer.from(will.message) },
  };
}
