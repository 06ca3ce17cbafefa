import type { CommandPort } from '../../at/command-port.js';
import { parseFinalResult } from '../../at/result-codes.js';
import { CommandError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Answer } from './session-types.js';

interface DrivenOptions {
  readonly signal: AbortSignal;
  readonly payload: Buffer | undefined;
  /** ms. */
  readonly limit?: number;
}

/** Sends a raw command line through the driver, whose limits hold. Never rejects. */
export async function askThroughDriver(
  driver: CommandPort,
  line: string,
  { signal, payload, limit }: DrivenOptions,
): Promise<Answer> {
  try {
    const { final } = await driver.send(line, {
      signal,
      ...(payload === undefined ? {} : { payload }),
      ...(limit === undefined ? {} : { timeout: limit }),
    });
    return { kind: 'final', result: parseFinalResult(final) ?? OK };
  } catch (error) {
    return answerOf(error);
  }
}

const OK = { ok: true, text: 'OK', number: undefined, meaning: undefined };

function answerOf(error: unknown): Answer {
  if (error instanceof CommandError) {
    const result = parseFinalResult(error.final);
    if (result !== undefined) return { kind: 'final', result };
  }
  if (error instanceof TimeoutError) return { kind: 'silent', limit: error.limit };
  if (!(error instanceof ModemError)) throw error;
  return error.code === 'ABORTED' ? { kind: 'given-up' } : { kind: 'failed', error };
}
