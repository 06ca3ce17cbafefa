/** The digits and their check digit: ISO/IEC 7812-1 annex B, as in 3GPP TS 23.003 annex B (IMEI) and ITU-T E.118 (ICCID). */
export function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
