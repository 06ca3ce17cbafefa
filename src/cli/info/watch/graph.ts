import type { Registration } from '../../../modem/registration.js';
import { registrationText } from '../facts.js';
import { type History, readingText } from './reading.js';

const ROWS = 5;

/** In front of the graph: a number such as -130, and the axis. */
const MARGIN = 6;

interface WatchPicture {
  readonly history: History;
  readonly registration: Registration | undefined;
  /** ms. */
  readonly interval: number;
}

/** The picture as lines of at most `columns`: the newest values where not all have room. */
export function screenLines(
  { history, registration, interval }: WatchPicture,
  columns: number,
  ramp: Ramp,
): readonly string[] {
  const { measure, last } = history;
  const values = history.values.slice(-Math.max(1, columns - MARGIN));
  const axis = ramp.length > 4 ? '▕' : '|';
  const rows = graphRows(values, { rows: ROWS, ...measure }, ramp).map((row, index) => {
    const mark = index === 0 ? measure.top : index === ROWS - 1 ? measure.bottom : '';
    return `${String(mark).padStart(MARGIN - 1)}${axis}${row}`;
  });
  const lines = [
    last === undefined ? 'reading the signal' : readingText(last),
    ...rows,
    `${rangeText(values, measure.name)}, every ${interval / 1000} s; Ctrl-C ends`,
    `network ${registration === undefined ? 'unknown' : registrationText(registration)}`,
  ];
  return lines.map((line) => line.slice(0, columns).trimEnd());
}

function rangeText(values: readonly (number | undefined)[], name: string): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return `${name}: no value yet`;
  return `${name} from ${Math.min(...known)} to ${Math.max(...known)} dBm in ${values.length} values`;
}

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
