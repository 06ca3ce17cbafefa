/** What a series of measurements says. */
export interface Summary {
  readonly perSecond: number;
  /** µs. */
  readonly p50: number;
  /** µs. */
  readonly p99: number;
  /** CPU of this process, all threads, in µs for each. */
  readonly cpu: number;
}

/** From single times and from the CPU time of all, in µs. */
export function summarise(times: readonly number[], cpu: number): Summary {
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    perSecond: (times.length / total) * 1e6,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpu: cpu / times.length,
  };
}

/** Runs `once` a number of times, after a warm-up of a fifth. */
export async function measure(count: number, once: () => Promise<void>): Promise<Summary> {
  for (let i = 0; i < count / 5; i += 1) await once();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await once();
    times.push((performance.now() - start) * 1000);
  }
  const { user, system } = process.cpuUsage(before);
  return summarise(times, user + system);
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `share` from 0 to 1; 0 if there are no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The middle one of several summaries, each figure by itself. */
export function middle(runs: readonly Summary[]): Summary {
  const of = (key: keyof Summary) => median(runs.map((run) => run[key]));
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}
