import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The codes as they stand on the wire; 99 is not known or not detectable. */
export interface SignalQuality {
  /** 0 to 31, or 99. */
  readonly rssi: number;
  /** 0 to 7, or 99. */
  readonly ber: number;
}

/** `AT+CSQ` → `+CSQ: <rssi>,<ber>`. TS 27.007 8.5. */
export const SIGNAL_QUALITY: OneStageCommand<Nothing, SignalQuality> = {
  name: '+CSQ',
  form: 'action',
  ranges: '(0-31,99),(0-7,99)',
  request: fixedRequest('AT+CSQ'),
  response: oneLine<SignalQuality>('+CSQ', {
    parse: (parameters) => {
      const [rssi, ber, ...rest] = integersOf(parameters) ?? [];
      return rssi === undefined || ber === undefined || rest.length > 0 ? undefined : { rssi, ber };
    },
    format: ({ rssi, ber }) => `${rssi},${ber}`,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
