/** What a series of measurements says. Times in µs. */
export interface Summary {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export function summarise(times: readonly number[]): Summary {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const total = times.reduce((sum, time) => sum + time, 0);
  return { perSecond: (times.length / total) * 1e6, p50: at(0.5), p99: at(0.99) };
}

/** Runs `once` a number of times, after a warm-up of a tenth. */
export async function measure(count: number, once: () => Promise<void>): Promise<Summary> {
  for (let i = 0; i < count / 10; i += 1) await once();
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await once();
    times.push((performance.now() - start) * 1000);
  }
  return summarise(times);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
