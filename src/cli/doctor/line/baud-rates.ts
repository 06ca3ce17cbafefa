/** Rates to try, the most usual one of modules first; bit/s. */
export const BAUD_RATES: readonly number[] = [
  115_200, 9_600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600,
];

/** Those that are left to try. */
export function otherRates(tried: number): readonly number[] {
  return BAUD_RATES.filter((rate) => rate !== tried);
}
