import type { TwoStageCommand } from '../../../at/command.js';
import type { Urc } from '../../../at/urc.js';
import { CONNECTION, optional, RESULT, textField } from '../fields.js';
import { CONNECT_LIMITS, MAX_CLIENT_ID, MAX_PASSWORD, MAX_USERNAME } from '../limits.js';
import { setRequest } from '../set-request.js';
import { resultUrc } from '../urcs/result-urc.js';

export interface ConnectRequest {
  readonly id: number;
  /** 1–256 bytes. */
  readonly clientId: string;
  /** 1–256 bytes. */
  readonly username?: string;
  /** 0–256 bytes [A]; only with a user name. */
  readonly password?: string;
}

export interface ConnectResult {
  readonly id: number;
  /** As in `CONNECT_RESULTS`. */
  readonly result: number;
  /** As in `RETURN_CODES`. */
  readonly returnCode?: number;
}

const RESULT_URC = resultUrc<ConnectResult>('+LMQTTCONN', {
  id: CONNECTION,
  result: RESULT,
  returnCode: optional(RESULT),
});

/**
 * `+LMQTTCONN: <id>,<result>[,<ret_code>]`. With two fields it looks like the answer to `LMQTTCONN?`: 3 and 4 can only
 * be states, 1 and 2 can be both, and the pending command decides (lessons.md 1).
 */
const CONNECT_RESULT: Urc<ConnectResult> = {
  ...RESULT_URC,
  parse: (line) => {
    const value = RESULT_URC.parse(line);
    const onlyState = value?.returnCode === undefined && (value?.result === 3 || value?.result === 4);
    return onlyState ? undefined : value;
  },
};

/**
 * `AT+LMQTTCONN=<id>,"clientID"[,"user"[,"password"]]` sends MQTT CONNECT; the result comes within 30 s:
 * lmqtt.md 3 [M]. Seen on hardware before its own `OK` [T].
 */
export const CONNECT: TwoStageCommand<ConnectRequest, ConnectResult> = {
  name: '+LMQTTCONN',
  form: 'set',
  request: setRequest<ConnectRequest>('+LMQTTCONN', {
    id: CONNECTION,
    clientId: textField({ max: MAX_CLIENT_ID }),
    username: optional(textField({ max: MAX_USERNAME })),
    password: optional(textField({ min: 0, max: MAX_PASSWORD, secret: true })),
  }),
  limits: CONNECT_LIMITS,
  abortable: false,
  result: { urc: CONNECT_RESULT, matches: (args, value) => args.id === value.id },
};
