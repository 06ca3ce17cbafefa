import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { informationParameters } from '../parameters.js';
import { bareDigits, bareText } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+CGMI`: who made the module, bare text. TS 27.007 5.1. */
export const MANUFACTURER: OneStageCommand<Nothing, string> = {
  name: '+CGMI',
  form: 'action',
  request: fixedRequest('AT+CGMI'),
  response: bareText('+CGMI'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMI`: who made the module by the name of V.250 6.1.4. */
export const GENERIC_MANUFACTURER: OneStageCommand<Nothing, string> = {
  ...MANUFACTURER,
  name: '+GMI',
  request: fixedRequest('AT+GMI'),
  response: bareText('+GMI'),
};

/** `AT+CGMM`: the model, bare text. TS 27.007 5.2. */
export const MODEL: OneStageCommand<Nothing, string> = {
  name: '+CGMM',
  form: 'action',
  request: fixedRequest('AT+CGMM'),
  response: bareText('+CGMM'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMM`: the model by the name of V.250 6.1.5. */
export const GENERIC_MODEL: OneStageCommand<Nothing, string> = {
  ...MODEL,
  name: '+GMM',
  request: fixedRequest('AT+GMM'),
  response: bareText('+GMM'),
};

/** `AT+CGMR`: the revision of the firmware, bare text. TS 27.007 5.3. */
export const REVISION: OneStageCommand<Nothing, string> = {
  name: '+CGMR',
  form: 'action',
  request: fixedRequest('AT+CGMR'),
  response: bareText('+CGMR'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMR`: the revision of the firmware by the name of V.250 6.1.6. */
export const GENERIC_REVISION: OneStageCommand<Nothing, string> = {
  ...REVISION,
  name: '+GMR',
  request: fixedRequest('AT+GMR'),
  response: bareText('+GMR'),
};

/** `AT+CGSN=1` → `+CGSN: "<IMEI>"`: 15 digits, quotes optional. TS 27.007 5.4. */
export const IMEI: OneStageCommand<Nothing, string> = {
  name: '+CGSN',
  form: 'set',
  request: fixedRequest('AT+CGSN=1'),
  response: {
    format: (imei) => [{ text: `+CGSN: "${imei}"` }],
    parse: ([line, ...rest]) => (line === undefined || rest.length > 0 ? undefined : imeiOf(line.text)),
    owns: (text) => imeiOf(text) !== undefined,
  },
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function imeiOf(text: string): string | undefined {
  const parameters = informationParameters(text, '+CGSN');
  const imei = parameters?.[0]?.text;
  return parameters?.length === 1 && imei !== undefined && /^\d{15}$/.test(imei) ? imei : undefined;
}

/**
 * `AT+CGSN`: a bare number, 15 digits. TS 27.007 5.4 lets it be any serial number; on these modules it is the IMEI:
 * lmqtt.md 7 [C].
 */
export const SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  name: '+CGSN',
  form: 'action',
  request: fixedRequest('AT+CGSN'),
  response: bareDigits('+CGSN', 15, 15),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+CGSN=0`: the same, asked for by its number. TS 27.007 5.4. */
export const NUMBERED_SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  ...SERIAL_NUMBER,
  form: 'set',
  // 1 is the IMEI.
  ranges: '(0,1)',
  request: fixedRequest('AT+CGSN=0'),
};

/** `AT+GSN`: the same by the name of V.250 6.1.7. */
export const GENERIC_SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  ...SERIAL_NUMBER,
  name: '+GSN',
  request: fixedRequest('AT+GSN'),
  response: bareDigits('+GSN', 15, 15),
};

/** `AT+CIMI`: the IMSI as bare digits, at most 15 (TS 23.003 2.2). TS 27.007 5.6. */
export const IMSI: OneStageCommand<Nothing, string> = {
  name: '+CIMI',
  form: 'action',
  request: fixedRequest('AT+CIMI'),
  response: bareDigits('+CIMI', 6, 15),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
