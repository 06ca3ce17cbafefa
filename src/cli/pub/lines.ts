import { ArgumentError } from '../../errors/kinds.js';

const LF = 0x0a;

/** Bytes; far above what a message can have. A stream without line ends must not fill the memory. */
const MAX_LINE = 1024 * 1024;

/** The lines of a byte stream without their LF, byte for byte; what stands behind the last LF is a line if not empty. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(LF); end >= 0; end = rest.indexOf(LF, start)) {
      yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > MAX_LINE) {
      throw new ArgumentError('stdin', `a line of more than ${MAX_LINE} bytes`, 'lines that end in LF');
    }
  }
  if (rest.length > 0) yield rest;
}
