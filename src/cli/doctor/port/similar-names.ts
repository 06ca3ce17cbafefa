/** More differences than this make another name. */
const MAX_DISTANCE = 3;

/** Names shown at most. */
const MAX_SHOWN = 5;

/** Those of the paths that may have been meant, the most similar first: by what stands behind the last slash. */
export function similarNames(wanted: string, paths: readonly string[]): string[] {
  const name = baseName(wanted);
  return paths
    .map((path) => ({ path, distance: distance(name, baseName(path)) }))
    .filter(({ distance: far }) => far <= MAX_DISTANCE)
    .sort((one, other) => one.distance - other.distance || one.path.localeCompare(other.path))
    .slice(0, MAX_SHOWN)
    .map(({ path }) => path);
}

/** Without regard to case: `ttyusb0` is what many type. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** Levenshtein: characters to insert, delete or replace. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
