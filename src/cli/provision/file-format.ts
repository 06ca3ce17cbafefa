import { extname } from 'node:path';
import { ArgumentError } from '../../errors/kinds.js';

/**
 * The format that was asked for, else the one that the ending of the file names, else the first of them. Throws an
 * `ArgumentError` when ending and format say different things.
 */
export function fileFormat<Format extends string>(
  formats: readonly [Format, ...Format[]],
  given: Format | undefined,
  file: string | undefined,
): Format {
  const ending = extname(file ?? '')
    .slice(1)
    .toLowerCase();
  const named = formats.find((format) => format === ending);
  if (given !== undefined && named !== undefined && given !== named) {
    throw new ArgumentError('format', given, `${named}, as the name of the file says`);
  }
  return given ?? named ?? formats[0];
}
