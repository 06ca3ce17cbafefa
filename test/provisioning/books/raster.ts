/** A raster of grey pixels with 4 bytes each, as QR readers take it. */
export interface Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly path: string;
}

/** Draws the paths of a page of labels by the even-odd rule, so many pixels a mm, each sampled in its middle. */
export function rasterOf(
  svg: string,
  box: { x: number; y: number; width: number; height: number },
  scale: number,
): Raster {
  const [width, height] = [Math.ceil(box.width * scale), Math.ceil(box.height * scale)];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const edges = pathsOf(svg).flatMap(verticalEdges);
  for (let row = 0; row < height; row += 1) {
    const y = box.y + (row + 0.5) / scale;
    const crossed = edges.filter(({ top, bottom }) => top <= y && y < bottom).map(({ x }) => x);
    for (let column = 0; column < width; column += 1) {
      const x = box.x + (column + 0.5) / scale;
      if (crossed.filter((edge) => edge < x).length % 2 === 0) continue;
      data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return { data, width, height };
}

function pathsOf(svg: string): Placed[] {
  const found = svg.matchAll(/<path transform="translate\((\S+) (\S+)\) scale\((\S+)\)" d="([^"]+)"\/>/g);
  return [...found].map(([, x, y, unit, path = '']) => ({
    x: Number(x),
    y: Number(y),
    unit: Number(unit),
    path,
  }));
}

/** The path may hold M, L, H, V, h, v and Z with right angles alone. */
function verticalEdges({
  x: left,
  y: upper,
  unit,
  path,
}: Placed): { x: number; top: number; bottom: number }[] {
  const edges: { x: number; top: number; bottom: number }[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const go = (toX: number, toY: number) => {
    if (toX !== x && toY !== y) throw new Error('a slanted line');
    if (toY !== y) {
      const [top, bottom] = [Math.min(y, toY), Math.max(y, toY)];
      edges.push({ x: left + x * unit, top: upper + top * unit, bottom: upper + bottom * unit });
    }
    [x, y] = [toX, toY];
  };
  for (const [, letter = '', rest = ''] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const [a = 0, b = 0] = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    if (letter === 'M') [x, y, startX, startY] = [a, b, a, b];
    else if (letter === 'L') go(a, b);
    else if (letter === 'H') go(a, y);
    else if (letter === 'V') go(x, a);
    else if (letter === 'h') go(x + a, y);
    else if (letter === 'v') go(x, y + a);
    else if (letter === 'Z' || letter === 'z') go(startX, startY);
    else throw new Error(`no such path command here: ${letter}`);
  }
  return edges;
}
