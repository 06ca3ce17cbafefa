import type { TwoStageCommand } from '../../../at/command.js';
import { CONNECTION } from '../fields.js';
import { CLOSE_LIMITS } from '../limits.js';
import { setRequest } from '../set-request.js';
import { CONNECTION_RESULT, type ConnectionResult, resultUrc } from '../urcs/result-urc.js';

export interface ConnectionRequest {
  /** `<tcpconnectID>`, 0–4. */
  readonly id: number;
}

/**
 * `AT+LMQTTDISC=<id>` sends MQTT DISCONNECT; `+LMQTTDISC: <id>,<result>` follows within 5 s: lmqtt.md 3 [M].
 * `ERROR` when there is no session [C].
 */
export const DISCONNECT: TwoStageCommand<ConnectionRequest, ConnectionResult> = {
  name: '+LMQTTDISC',
  form: 'set',
  request: setRequest<ConnectionRequest>('+LMQTTDISC', { id: CONNECTION }),
  limits: CLOSE_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTDISC', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};
