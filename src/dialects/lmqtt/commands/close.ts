import type { TwoStageCommand } from '../../../at/command.js';
import { CONNECTION } from '../fields.js';
import { CLOSE_LIMITS } from '../limits.js';
import { setRequest } from '../set-request.js';
import { CONNECTION_RESULT, type ConnectionResult, resultUrc } from '../urcs/result-urc.js';
import type { ConnectionRequest } from './disconnect.js';

/**
 * `AT+LMQTTCLOSE=<id>` closes the connection and forgets every setting [T];
 * `+LMQTTCLOSE: <id>,<result>[,<extend>]` follows within 5 s: lmqtt.md 3 [M]. `ERROR` when nothing is open [C].
 */
export const CLOSE: TwoStageCommand<ConnectionRequest, ConnectionResult> = {
  name: '+LMQTTCLOSE',
  form: 'set',
  request: setRequest<ConnectionRequest>('+LMQTTCLOSE', { id: CONNECTION }),
  limits: CLOSE_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTCLOSE', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};
