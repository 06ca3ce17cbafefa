import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { informationParameters } from '../parameters.js';
import { DEFAULT_LIMITS } from './limits.js';

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
