import { type Parameter, splitParameters } from '../../at/parameters.js';
import { ArgumentError } from '../../errors/kinds.js';
import type { Field } from './fields.js';

/** The fields of a parameter list in the order of the wire; the keys name them. Only the last ones may be optional. */
export type FieldList<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

type Entry<T> = [keyof T & string, Field<unknown>];

/** The values as a parameter list; `prefix` goes before the names in errors, e.g. `will.`. */
export function formatFields<T extends object>(fields: FieldList<T>, values: T, prefix = ''): string {
  const parts: string[] = [];
  let missing: string | undefined;
  for (const [name, field] of Object.entries(fields) as Entry<T>[]) {
    const label = prefix + name;
    const value: unknown = values[name];
    if (value === undefined && field.optional === true) {
      missing ??= label;
    } else if (missing !== undefined) {
      throw new ArgumentError(missing, 'nothing', `given where ${label} is given`);
    } else {
      parts.push(field.format(label, value));
    }
  }
  return parts.join(',');
}

/** The values of a parameter list, or undefined if number, kind or range of its parameters are not those of the fields. */
export function parseFields<T extends object>(
  fields: FieldList<T>,
  parameters: readonly Parameter[] | undefined,
): T | undefined {
  const entries = Object.entries(fields) as Entry<T>[];
  if (parameters === undefined || parameters.length > entries.length) return undefined;
  const values: Partial<Record<keyof T, unknown>> = {};
  for (const [index, [name, field]] of entries.entries()) {
    if (index >= parameters.length) {
      if (field.optional === true) continue;
      return undefined;
    }
    const value = field.parse(parameters[index]);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values as T;
}

/** The parameters behind `AT<name>=`, or undefined. V.250 5.4.1: the case of the command does not matter. */
export function setParameters(line: string, name: string): Parameter[] | undefined {
  const start = `AT${name}=`;
  if (line.slice(0, start.length).toUpperCase() !== start) return undefined;
  return splitParameters(line.slice(start.length));
}
