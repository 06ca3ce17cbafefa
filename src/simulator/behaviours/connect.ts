import { signedLogin } from '../../cloud/aliyun/wire/login.js';
import { CONNECT_RESULTS, RETURN_CODES } from '../../dialects/lmqtt/codes.js';
import { CONNECT, CONNECT_STATE, type ConnectRequest } from '../../dialects/lmqtt/connection-commands.js';
import { CONNECTION_ID } from '../../dialects/lmqtt/limits.js';
import { CLOUD_ALIBABA } from '../../dialects/lmqtt/settings.js';
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
 * `LMQTTCONN`: MQTT CONNECT; lmqtt.md 3 [M]. Without an open connection, or twice: `+CME ERROR: 3` [A].
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

function sessionOptions(request: ConnectRequest, settings: Settings): SessionOptions {
  const { will } = settings.get('will');
  return {
    ...login(request, settings),
    keepalive: settings.get('keepalive').seconds,
    clean: settings.get('session').clean,
    protocolVersion: settings.get('version').version,
    will: will === null ? undefined : { ...will, payload: Buffer.from(will.message) },
  };
}

/**
 * With a triple the module signs: `<cid>` from LMQTTCONN, hmacsha1, no timestamp [C]; securemode follows `sslenable`
 * [A], and user name and password of LMQTTCONN are ignored [A]. With `cloud` but no triple, LMQTTCONN goes out as it is
 * [A]: the cloud refuses it.
 */
function login(
  { clientId, username, password }: ConnectRequest,
  settings: Settings,
): Pick<SessionOptions, 'clientId' | 'username' | 'password'> {
  const triple = settings.find('aliauth');
  if (triple === undefined || settings.get('cloud').type !== CLOUD_ALIBABA) {
    return { clientId, username, password };
  }
  const secureMode = settings.get('sslenable').enabled ? 2 : 3;
  return signedLogin(triple, { cid: clientId, method: 'hmacsha1', secureMode });
}
