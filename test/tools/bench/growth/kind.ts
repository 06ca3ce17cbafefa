/** µs of CPU for each of n, by what was done with them. */
export type Costs = Readonly<Record<string, number>>;

/** Something whose number grows. */
export interface Kind {
  /** Numbers of it that are compared; the first one is the fewest. */
  readonly sizes: readonly number[];
  /** Makes so many of them anew, and leaves nothing open. */
  readonly measure: (count: number) => Promise<Costs>;
}

/** The usual numbers, where a hundred thousand would take minutes. */
export const UP_TO_10_000 = [100, 1_000, 10_000];

export const UP_TO_100_000 = [...UP_TO_10_000, 100_000];

/** From 0. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

/** µs of CPU of this process, all threads, for each of so many. */
export async function cpuEach(count: number, run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
