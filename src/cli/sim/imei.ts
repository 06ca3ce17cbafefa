import { withCheckDigit } from './luhn.js';

/** The first simulated module's, which is the simulator's own unless another is given. */
const FIRST = '861326070275653';

/**
 * The IMEI of the simulated module at this place: `first`, then TAC and serial number counted up from it, with their
 * check digit, 3GPP TS 23.003 annex B.
 */
export function imeiAt(index: number, first = FIRST): string {
  return index === 0 ? first : withCheckDigit(String(Number(first.slice(0, 14)) + index).padStart(14, '0'));
}
