import type { TwoStageCommand } from '../../../at/command.js';
import { CONNECTION, integerField, textField } from '../fields.js';
import { MAX_HOST, OPEN_LIMITS } from '../limits.js';
import { setRequest } from '../set-request.js';
import { CONNECTION_RESULT, type ConnectionResult, resultUrc } from '../urcs/result-urc.js';

export interface OpenRequest {
  /** `<tcpconnectID>`, 0–4. */
  readonly id: number;
  /** Host name or address, 1–100 bytes. */
  readonly host: string;
  /** 1–65535. */
  readonly port: number;
}

/** `extend` as in `OPEN_REASONS`. */
export type OpenResult = ConnectionResult;

/**
 * `AT+LMQTTOPEN=<id>,"host",<port>` opens TCP or TLS to the broker; the result comes within 160 s:
 * lmqtt.md 3 [M].
 */
export const OPEN: TwoStageCommand<OpenRequest, OpenResult> = {
  name: '+LMQTTOPEN',
  form: 'set',
  request: setRequest<OpenRequest>('+LMQTTOPEN', {
    id: CONNECTION,
    host: textField({ max: MAX_HOST }),
    port: integerField(1, 65535),
  }),
  limits: OPEN_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTOPEN', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};
