import { ArgumentError } from '../../../errors/kinds.js';

/** Width and height in mm: ISO 216, and ANSI letter (8.5 in × 11 in). */
export const PAPERS = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
} as const;

export type Paper = keyof typeof PAPERS;

/** A page full of labels; they lie edge to edge within the margin. */
export interface SheetOptions {
  readonly paper: Paper;
  readonly columns: number;
  readonly rows: number;
  /** mm on all four sides. */
  readonly margin: number;
}

/** 66.7 mm × 35.9 mm a label. */
export const DEFAULT_SHEET: SheetOptions = { paper: 'a4', columns: 3, rows: 8, margin: 5 };

/** A rectangle on the page, in mm from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Labels smaller than this in mm hold no QR code that a reader finds and no text that an eye does [A]. */
const SMALLEST = 15;

/** The places of the labels, row by row. Throws an `ArgumentError` when they would be too small. */
export function cellsOf({ paper, columns, rows, margin }: SheetOptions): Box[] {
  const width = (PAPERS[paper].width - 2 * margin) / columns;
  const height = (PAPERS[paper].height - 2 * margin) / rows;
  if (width < SMALLEST) throw tooSmall('columns', columns, width);
  if (height < SMALLEST) throw tooSmall('rows', rows, height);
  return Array.from({ length: columns * rows }, (_none, index) => ({
    x: margin + (index % columns) * width,
    y: margin + Math.floor(index / columns) * height,
    width,
    height,
  }));
}

function tooSmall(field: string, count: number, side: number): ArgumentError {
  const shown = `${count} (labels of ${Math.max(0, side).toFixed(1)} mm)`;
  return new ArgumentError(field, shown, `so few that a label has ${SMALLEST} mm or more`);
}
