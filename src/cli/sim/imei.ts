import { withCheckDigit } from './luhn.js';

/** TAC and first digits of the serial number of the simulated modules; the first of them is the simulator's own. */
const BASE = 86132607027565;

/** The IMEI of the simulated module at this place: 14 digits and their check digit, 3GPP TS 23.003 annex B. */
export function imeiAt(index: number): string {
  return withCheckDigit(String(BASE + index));
}
