import type { Label } from './label.js';
import { labelSvg } from './label-svg.js';
import { cellsOf, PAPERS, type SheetOptions } from './sheet.js';

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

function labelAt(label: Label, cell: Parameters<typeof labelSvg>[1] | undefined): string {
  return cell === undefined ? '' : labelSvg(label, cell);
}
