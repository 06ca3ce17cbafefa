/** The smallest value that at least the share of them does not exceed (nearest rank); `sorted` ascends. */
export function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
