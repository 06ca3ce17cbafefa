/** Prints a figure with its name. */
export function row(name: string, value: string | number): void {
  console.log(`${name.padEnd(22)} ${value}`);
}

/** How often each name is there, in the order in which they come first. */
export function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** `kill 2, cloud-deaf 1`, or `none`. */
export function list(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return entries.length === 0 ? 'none' : entries.join(', ');
}

/** ms in seconds, below 10 with fractions. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}
