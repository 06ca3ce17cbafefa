import { errorDetail } from './cme-errors.js';

/** A final result code: V.250 5.7.1, TS 27.007 9.2, TS 27.005 3.2.5. */
export interface FinalResult {
  readonly ok: boolean;
  /** The whole line, e.g. `+CME ERROR: 10`. */
  readonly text: string;
  /** The number behind `+CME ERROR` or `+CMS ERROR`, or that of the words that stand there. */
  readonly number: number | undefined;
  /** What the number means, in the words of the standard. */
  readonly meaning: string | undefined;
}

const OK: FinalResult = { ok: true, text: 'OK', number: undefined, meaning: undefined };

/**
 * The final result code that a line is, or undefined. A result code is a whole line: `LOOK` and `ERRORLOG v1` are
 * none. The other codes of V.250 (`NO CARRIER`, `BUSY`, …) end calls, which these modules are not used for.
 */
export function parseFinalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return OK;
  if (line === 'ERROR') return { ok: false, text: line, number: undefined, meaning: undefined };
  const match = /^\+CM([ES]) ERROR: ?(.*)$/.exec(line);
  if (match === null) return undefined;
  return { ok: false, text: line, ...errorDetail(match[1] === 'E' ? 'E' : 'S', match[2] ?? '') };
}
