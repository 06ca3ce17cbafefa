import { checkOneOf } from '../at/checks.js';
import type { Dialect } from './dialect.js';
import { LMQTT } from './lmqtt/dialect.js';
import type { DialectWords } from './words.js';

const DIALECTS: Readonly<Record<string, Dialect>> = { lmqtt: LMQTT };

/** The dialect of that name; throws an `ArgumentError` that lists those there are. */
export function dialectNamed(name: unknown): Dialect {
  return DIALECTS[checkOneOf('dialect', name as string, Object.keys(DIALECTS))] as Dialect;
}

/** What is said about the commands of each dialect; loaded when it is asked for. */
export async function allWords(): Promise<readonly DialectWords[]> {
  return Promise.all([import('./lmqtt/words/words.js').then(({ LMQTT_WORDS }) => LMQTT_WORDS)]);
}
