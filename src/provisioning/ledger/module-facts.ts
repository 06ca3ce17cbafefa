import { ArgumentError } from '../../errors/kinds.js';

/** TS 23.003 section 6.2.1: 15 digits. The check digit is the station's business: test units may break that rule. */
const IMEI = /^\d{15}$/;

/** Throws an `ArgumentError`. */
export function checkImei(imei: unknown): string {
  if (typeof imei === 'string' && IMEI.test(imei)) return imei;
  throw new ArgumentError('imei', JSON.stringify(imei), '15 digits');
}
