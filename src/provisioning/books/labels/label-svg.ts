import { type Label, qrContent } from './label.js';
import { qrSymbol } from './qr.js';
import type { Box } from './sheet.js';

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
export function labelSvg(label: Label, cell: Box): string {
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
