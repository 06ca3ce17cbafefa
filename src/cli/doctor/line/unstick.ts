import { ATTENTION_LINE, callModule, type Hearing } from './attention.js';
import type { LineProbe } from './line-probe.js';

const ESC = '\x1b';

/** The largest payload of data mode: dialect section 5 [C]. */
const LARGEST_PAYLOAD = 8_000;

/** ms that the answer may take behind the last byte. */
const ANSWER_LIMIT = 2_000;

const BITS_PER_BYTE = 10;

/**
 * Leads the module out of data mode: ESC first, then as many bytes as it can still miss [A, dialect section 5]: CR,
 * which is an empty command line for a module that does not wait for a payload.
 */
export async function fillUp(probe: LineProbe, baudRate: number): Promise<Hearing> {
  const bytes = ESC + '\r'.repeat(LARGEST_PAYLOAD);
  const transmission = (bytes.length * BITS_PER_BYTE * 1_000) / baudRate;
  await probe.ask(bytes, transmission, () => false);
  return callModule(probe, ANSWER_LIMIT);
}

/** What stands behind the bytes that were written, as it is told to people. */
export const FILLED = `ESC, ${LARGEST_PAYLOAD} CR and ${ATTENTION_LINE.trim()}`;
