import { checkOneOf } from '../at/checks.js';
import type { Dialect } from './dialect.js';
import { LMQTT } from './lmqtt/dialect.js';

const DIALECTS: Readonly<Record<string, Dialect>> = { lmqtt: LMQTT };

/** The dialect of that name; throws an `ArgumentError` that lists those there are. */
export function dialectNamed(name: unknown): Dialect {
  return DIALECTS[checkOneOf('dialect', name as string, Object.keys(DIALECTS))] as Dialect;
}
