import { withCheckDigit } from './luhn.js';

/** All but the check digit of the simulator's own SIM. */
const BASE = 8986042210228001234n;

/** The ICCID in the simulated module at this place, from the second one on: 19 digits and their check digit, ITU-T E.118. */
export function iccidAt(index: number): string {
  return withCheckDigit(String(BASE + BigInt(index)));
}
