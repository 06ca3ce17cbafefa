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

/** The codes as they stand on the wire; not known or not detectable is 99 in the first two, 255 in the others. */
export interface ExtendedSignalQuality {
  readonly rxlev: number;
  readonly ber: number;
  readonly rscp: number;
  readonly ecno: number;
  /** 0 to 34, or 255. */
  readonly rsrq: number;
  /** 0 to 97, or 255. */
  readonly rsrp: number;
}

/** `AT+CESQ` → `+CESQ: <rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>`. TS 27.007 8.69. */
export const EXTENDED_SIGNAL_QUALITY: OneStageCommand<Nothing, ExtendedSignalQuality> = {
  name: '+CESQ',
  form: 'action',
  // GSM and UMTS have values of their own, which a module for LTE alone never answers.
  ranges: '(99),(99),(255),(255),(0-34,255),(0-97,255)',
  request: fixedRequest('AT+CESQ'),
  response: oneLine<ExtendedSignalQuality>('+CESQ', {
    parse: (parameters) => {
      const numbers = integersOf(parameters);
      if (numbers?.length !== 6) return undefined;
      const [rxlev, ber, rscp, ecno, rsrq, rsrp] = numbers as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return { rxlev, ber, rscp, ecno, rsrq, rsrp };
    },
    format: ({ rxlev, ber, rscp, ecno, rsrq, rsrp }) => [rxlev, ber, rscp, ecno, rsrq, rsrp].join(','),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
