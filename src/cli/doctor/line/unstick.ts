import { filler, LARGEST_PAYLOAD } from '../../../at/filler.js';
import { judgeAnswer } from './judge.js';
import type { LineProbe } from './line-probe.js';

/** ms that the answer may take behind the last byte. */
const ANSWER_LIMIT = 500;

const BITS_PER_BYTE = 10;

const FILLER = filler(LARGEST_PAYLOAD).toString('latin1');

/**
 * Leads the module out of data mode before anything is asked: a command line would become a part of the payload that it
 * waits for. If it waited, it answers; else `received` is what somebody else may have said meanwhile, without an echo.
 */
export async function fillUp(
  probe: LineProbe,
  baudRate: number,
): Promise<{ readonly filledUp: boolean; readonly received: string }> {
  const transmission = (FILLER.length * BITS_PER_BYTE * 1_000) / baudRate;
  const isAnswer = (text: string) => judgeAnswer(FILLER, text) === 'answered';
  const received = await probe.ask(FILLER, transmission + ANSWER_LIMIT, isAnswer);
  const filledUp = isAnswer(received);
  return { filledUp, received: filledUp ? '' : received.replace(/\x1b[\x1b\r]*/g, '') };
}

/** The bytes that were written, as people are told. */
export const FILLED = `${FILLER.length} bytes of ESC and CR`;
