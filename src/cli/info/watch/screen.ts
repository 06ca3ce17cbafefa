import type { Registration } from '../../../modem/registration.js';
import { registrationText } from '../report.js';
import { graphRows, type Ramp } from './graph.js';
import type { History } from './history.js';
import { readingText } from './reading.js';

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
