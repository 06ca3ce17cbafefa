import type { ClientTe } from './client-te.js';
import type { PacedLine } from './paced-line.js';
import type { Form, Te } from './te.js';

/** Shares of what the line could carry in one direction in the same time. */
export interface Shares {
  /** Everything: command lines, payloads, and the prompts and final result codes that a TE must wait for. */
  readonly line: number;
  /** The same without the time that the module took to answer: what the TE made of the line. */
  readonly lessModule: number;
  readonly payload: number;
  /** µs for each message that the line waited for the TE. */
  readonly te: number;
}

/** Bytes from the TA for each publish that the TE must wait for: `\r\nOK\r\n`, and in data mode `\r\n> `. */
const ANSWER = { inline: 6, data: 10 } as const;

const BITS_PER_BYTE = 10;

/** From the first byte to the last `OK`. */
export async function publishShares(
  te: Te,
  line: PacedLine,
  baudRate: number,
  { form, bytes, count }: { readonly form: Form; readonly bytes: number; readonly count: number },
): Promise<Shares> {
  await line.reset();
  await te.publish(form, bytes, count);
  const { written, elapsed, ...waited } = await line.report();
  const all = written + count * ANSWER[form];
  return {
    line: all / capacity(baudRate, elapsed),
    lessModule: all / capacity(baudRate, elapsed - waited.ta),
    payload: (count * bytes) / capacity(baudRate, elapsed),
    te: (waited.te / count) * 1000,
  };
}

/** From the first message to the last. */
export async function receiveShares(
  te: ClientTe,
  line: PacedLine,
  baudRate: number,
  { bytes, count }: { readonly bytes: number; readonly count: number },
): Promise<Pick<Shares, 'line' | 'payload'>> {
  await line.reset();
  line.flood({ count, bytes });
  const elapsed = await te.receive(count);
  const { read } = await line.report();
  const behindFirst = (count - 1) / count;
  return {
    line: (read * behindFirst) / capacity(baudRate, elapsed),
    payload: ((count - 1) * bytes) / capacity(baudRate, elapsed),
  };
}

/** Bytes. */
function capacity(baudRate: number, ms: number): number {
  return (baudRate / BITS_PER_BYTE) * (ms / 1000);
}
