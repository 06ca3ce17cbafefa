import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** ISO/IEC 18004: modules that stay white on each side of the symbol. */
const QUIET_ZONE = 4;

/** A QR code to be drawn. */
export interface QrSymbol {
  /** Modules along a side, quiet zone included. */
  readonly size: number;
  /** The dark modules as the `d` of an SVG path, a unit a module, the symbol's corner at 0,0. */
  readonly path: string;
  /** Where that corner is within the quiet zone. */
  readonly inset: number;
}

/** Error correction M or better: a label gets scratched. */
export function qrSymbol(text: string): QrSymbol {
  const code = generate(text, { minCorrectionLevel: correction.M });
  return { size: code.size + 2 * QUIET_ZONE, path: toSvgPath(code), inset: QUIET_ZONE };
}
