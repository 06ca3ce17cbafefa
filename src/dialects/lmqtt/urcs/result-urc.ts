import type { Urc } from '../../../at/urc.js';
import type { FieldList } from '../field-list.js';
import { CONNECTION, optional, RESULT } from '../fields.js';
import { taggedUrc } from './tagged-urc.js';

/** A result URC: `<name>: <fields>`. */
export function resultUrc<V extends object>(name: string, fields: FieldList<V>): Urc<V> {
  return taggedUrc({ name, tag: '' }, fields);
}

/** `<tcpconnectID>,<result>[,<extend>]`. */
export interface ConnectionResult {
  readonly id: number;
  readonly result: number;
  readonly extend?: number;
}

export const CONNECTION_RESULT: FieldList<ConnectionResult> = {
  id: CONNECTION,
  result: RESULT,
  extend: optional(RESULT),
};
