import { type Line, lineText, span } from './line.js';
import type { Paint } from './paint.js';
import type { Picture, Size } from './picture.js';
import { portList } from './port-list.js';
import { footerLine, recentLine, totalsLine } from './totals.js';

/** Results and notes that are worth a line. */
const MAX_RECENT = 6;
/** Title, an empty line, totals, and how to end. */
const FRAME_LINES = 4;

/** The board as lines for the terminal, at most `rows` of at most `columns`. */
export function screenLines(picture: Picture, { columns, rows }: Size, paint: Paint): string[] {
  const room = Math.max(0, rows - FRAME_LINES);
  const ports = portList(picture.statuses, { columns, rows: room }, picture.now);
  const recentRoom = Math.min(MAX_RECENT, room - ports.length);
  const recent = recentRoom > 0 ? picture.recent.slice(-recentRoom) : [];
  const lines: Line[] = [
    [span(['atmqtt provision', ...picture.title].join('   '), 'strong')],
    [],
    ...ports,
    totalsLine(picture),
    ...recent.map(recentLine),
    footerLine(picture),
  ];
  return lines.slice(0, rows).map((line) => lineText(line, columns, paint));
}
