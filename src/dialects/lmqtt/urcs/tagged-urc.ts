import { informationText, splitParameters } from '../../../at/parameters.js';
import type { Urc } from '../../../at/urc.js';
import { type FieldList, formatFields, parseFields } from '../field-list.js';

/** What stands before the fields: the tag tells several URCs of one name apart, e.g. `RECV,`. */
export interface UrcPrefix {
  readonly name: string;
  readonly tag: string;
}

/** A URC without a payload: `<name>: <tag><fields>`. */
export function taggedUrc<V extends object>({ name, tag }: UrcPrefix, fields: FieldList<V>): Urc<V> {
  return {
    name,
    parse: ({ text, payload }) => {
      const information = payload === undefined ? informationText(text, name) : undefined;
      if (!information?.startsWith(tag)) return undefined;
      return parseFields(fields, splitParameters(information.slice(tag.length)));
    },
    format: (value) => ({ text: `${name}: ${tag}${formatFields(fields, value)}` }),
  };
}
