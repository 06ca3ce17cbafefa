/** µs of CPU of this process, all threads, for each of so many. */
export async function cpuEach(count: number, run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
