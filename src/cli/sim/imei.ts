/** TAC and first digits of the serial number of the simulated modules; the first of them is the simulator's own. */
const BASE = 86132607027565;

/** The IMEI of the simulated module at this place: 14 digits and their check digit, 3GPP TS 23.003 annex B. */
export function imeiAt(index: number): string {
  const digits = String(BASE + index);
  let sum = 0;
  for (const [place, digit] of [...digits].entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
