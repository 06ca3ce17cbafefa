/** Characters for a cell that is filled from its foot, from empty to full. */
export type Ramp = readonly string[];

/** U+2581 to U+2588, the block elements of Unicode. */
export const BLOCKS: Ramp = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

export const ASCII: Ramp = [' ', '.', ':', '#'];

interface GraphScale {
  readonly rows: number;
  /** What fills the lowest step of the lowest row, or less. */
  readonly bottom: number;
  /** What fills all rows, or more. */
  readonly top: number;
}

/** A column a value, the first row on top. A gap, which is no value, is empty; a value shows at least one step. */
export function graphRows(
  values: readonly (number | undefined)[],
  { rows, bottom, top }: GraphScale,
  ramp: Ramp,
): readonly string[] {
  const full = ramp.length - 1;
  const steps = values.map((value) => {
    if (value === undefined) return 0;
    const part = (value - bottom) / (top - bottom);
    return Math.max(1, Math.min(rows * full, Math.round(part * rows * full)));
  });
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * full;
    return steps.map((step) => ramp[Math.max(0, Math.min(full, step - below))] ?? '').join('');
  });
}

/** Blocks where the terminal can show them: one that is told to be UTF-8, and neither dumb nor the console of Linux. */
export function rampFor(environment: Readonly<Record<string, string | undefined>>): Ramp {
  const { LC_ALL, LC_CTYPE, LANG, TERM, WT_SESSION } = environment;
  if (TERM === 'dumb' || TERM === 'linux') return ASCII;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return WT_SESSION !== undefined || /utf-?8/i.test(locale) ? BLOCKS : ASCII;
}
