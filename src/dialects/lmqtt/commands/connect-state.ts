import { fixedRequest, type Nothing, type OneStageCommand } from '../../../at/command.js';
import type { Line } from '../../../at/line.js';
import { CONNECTION, choiceField } from '../fields.js';
import { CONNECT_STATE_LIMITS } from '../limits.js';
import { resultUrc } from '../urcs/result-urc.js';

/** 1 initialising, 2 connecting, 3 connected, 4 disconnecting: lmqtt.md 3 [M]. */
export type ConnectState = 1 | 2 | 3 | 4;

/** The state in which messages flow. */
export const CONNECTED: ConnectState = 3;

export interface ConnectStateReport {
  readonly id: number;
  readonly state: ConnectState;
}

const REPORT = resultUrc<ConnectStateReport>('+LMQTTCONN', {
  id: CONNECTION,
  state: choiceField<ConnectState>([1, 2, 3, 4]),
});

/**
 * `AT+LMQTTCONN?` → `+LMQTTCONN: <id>,<state>` + `OK`: lmqtt.md 3 [M]. A line with three fields is the result
 * of `LMQTTCONN=`, never a state.
 */
export const CONNECT_STATE: OneStageCommand<Nothing, ConnectStateReport> = {
  name: '+LMQTTCONN',
  form: 'read',
  request: fixedRequest('AT+LMQTTCONN?'),
  limits: CONNECT_STATE_LIMITS,
  abortable: false,
  response: {
    format: (value) => [REPORT.format(value)],
    parse: (lines) => (lines.length === 1 ? REPORT.parse(lines[0] as Line) : undefined),
    owns: (text) => REPORT.parse({ text }) !== undefined,
  },
};
