import { ModemError } from '../../errors/modem-error.js';
import { messageRecord } from '../json-message.js';
import type { PrintOptions } from './command.js';
import { type Formatter, parseFormat } from './format.js';

const jsonLine: Formatter = (message) => Buffer.from(`${JSON.stringify(messageRecord(message))}\n`);

/** How the options want messages printed. Throws `INVALID_ARGUMENT`. */
export function formatterFor({ json = false, format, verbose = false, eol }: PrintOptions): Formatter {
  if (json && format !== undefined) {
    throw new ModemError('INVALID_ARGUMENT', '-F and --json exclude each other');
  }
  // One object a line: here the line end is no matter of taste.
  if (json) return jsonLine;
  return parseFormat((format ?? (verbose ? '%t %p' : '%p')) + (eol ? '\\n' : ''));
}
