import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { ArgumentError } from '../../errors/kinds.js';
import type { TripleRecord } from '../ledger/ledger-types.js';
import { csvTable } from './csv.js';

/** What is printed for a module; no secret in it. */
export interface Label {
  readonly imei: string;
  readonly deviceName: string;
}

/** The labels of those records that are bound to a module. */
export function labelsOf(records: readonly TripleRecord[]): Label[] {
  return records.flatMap(({ imei, deviceName }) => (imei === undefined ? [] : [{ imei, deviceName }]));
}

/** What the QR code says: `IMEI:861326070275653;DN:meter-7`. Neither part can hold a `;` (aliyun.md 3). */
export function qrContent({ imei, deviceName }: Label): string {
  return `IMEI:${imei};DN:${deviceName}`;
}

/** For a label printer with a program of its own. */
export function labelsCsv(labels: readonly Label[]): string {
  const rows = labels.map((label) => [label.deviceName, label.imei, qrContent(label)]);
  return csvTable(['DeviceName', 'IMEI', 'QR'], rows);
}

/** Width and height in mm: ISO 216, and ANSI letter (8.5 in × 11 in). */
const PAPERS = {
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

/** The labels as SVG pages in their true size: a user unit is 1 mm. Throws an `ArgumentError` as `cellsOf`. */
export function sheetsSvg(labels: readonly Label[], options: SheetOptions): string[] {
  const cells = cellsOf(options);
  const pages: string[] = [];
  for (let first = 0; first < labels.length; first += cells.length) {
    const onPage = labels.slice(first, first + cells.length);
    const { width, height } = PAPERS[options.paper];
    pages.push(
      `<?xml version="1.0" encoding="UTF-8"?>\n` +
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" ` +
        `viewBox="0 0 ${width} ${height}" font-family="Courier, monospace" fill="#000">\n` +
        `<rect width="${width}" height="${height}" fill="#fff"/>\n` +
        `${onPage.map((label, index) => labelAt(label, cells[index])).join('')}</svg>\n`,
    );
  }
  return pages;
}

function labelAt(label: Label, cell: Box | undefined): string {
  return cell === undefined ? '' : labelSvg(label, cell);
}

/** A rectangle on the page, in mm from its upper left corner. */
interface Box {
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

/** mm between the edge of a label and what is printed, and between code and text. */
const PADDING = 2;

/** Largest letters in mm. */
const LARGEST_FONT = 3.5;

/** Width of a letter of a monospace font, of its height: Courier and its kin have 0.6. */
const LETTER = 0.6;

/** Height of a line, of that of its letters. */
const LINE = 1.5;

/** A label is wide, with its text beside the code, when it is this much wider than high. */
const WIDE = 1.4;

/** A label as SVG within its place: the code, the device name, the IMEI. Letters shrink until the text fits. */
function labelSvg(label: Label, cell: Box): string {
  const inner = shrunk(cell, PADDING);
  const texts = [label.deviceName, `IMEI ${label.imei}`];
  const wide = inner.width >= inner.height * WIDE;
  const side = wide ? Math.min(inner.height, inner.width / 2) : Math.min(inner.width, inner.height * 0.7);
  const code = wide
    ? { x: inner.x, y: inner.y + (inner.height - side) / 2 }
    : { x: inner.x + (inner.width - side) / 2, y: inner.y };
  const room = wide
    ? { ...inner, x: inner.x + side, width: inner.width - side }
    : { ...inner, y: inner.y + side, height: inner.height - side };
  return qrSvg(qrContent(label), code, side) + textSvg(texts, room);
}

function qrSvg(content: string, { x, y }: Pick<Box, 'x' | 'y'>, side: number): string {
  const { size, inset, path } = qrSymbol(content);
  const unit = side / size;
  const at = [x + inset * unit, y + inset * unit].map(mm).join(' ');
  return `<path transform="translate(${at}) scale(${unit.toFixed(5)})" d="${path}"/>\n`;
}

/** The lines in the middle of the room, each as large as its width allows. */
function textSvg(lines: readonly string[], room: Box): string {
  const tallest = Math.min(LARGEST_FONT, room.height / (lines.length * LINE));
  const middle = room.y + room.height / 2;
  return lines
    .map((line, index) => {
      const font = Math.min(tallest, room.width / (LETTER * line.length));
      const y = middle + (index - (lines.length - 1) / 2) * tallest * LINE + font / 3;
      // The length is told as well: another font than the one that was reckoned with must not stick out.
      const length = `textLength="${mm(font * LETTER * line.length)}" lengthAdjust="spacingAndGlyphs"`;
      return `<text x="${mm(room.x)}" y="${mm(y)}" font-size="${mm(font)}" ${length}>${escapeXml(line)}</text>\n`;
    })
    .join('');
}

function shrunk({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function mm(value: number): string {
  return String(Number(value.toFixed(3)));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 section 2.4; characters that XML cannot hold at all (2.2) become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

/** ISO/IEC 18004: modules that stay white on each side of the symbol. */
const QUIET_ZONE = 4;

/** A QR code to be drawn. */
interface QrSymbol {
  /** Modules along a side, quiet zone included. */
  readonly size: number;
  /** The dark modules as the `d` of an SVG path, a unit a module, the symbol's corner at 0,0. */
  readonly path: string;
  /** Where that corner is within the quiet zone. */
  readonly inset: number;
}

/** Error correction M or better: a label gets scratched. */
function qrSymbol(text: string): QrSymbol {
  const code = generate(text, { minCorrectionLevel: correction.M });
  return { size: code.size + 2 * QUIET_ZONE, path: toSvgPath(code), inset: QUIET_ZONE };
}
