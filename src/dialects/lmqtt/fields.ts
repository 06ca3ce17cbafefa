import { checkInteger, checkOneOf, checkText, type TextLimits } from '../../at/checks.js';
import type { CommandRequest } from '../../at/command.js';
import { decodeText, encodeText, type Parameter, splitParameters } from '../../at/parameters.js';
import { ArgumentError } from '../../errors/kinds.js';
import { topicFilterFault, topicNameFault } from '../topics.js';
import { MAX_CONNECTION_ID, MAX_MESSAGE_ID, MAX_TOPIC } from './limits.js';

/** One parameter of a command line or of an information text, in both directions. */
export interface Field<T> {
  /** The parameter as it stands on the wire; throws an `ArgumentError` that names `label`. */
  format(label: string, value: T): string;
  /** The value, or undefined if the parameter is not of this kind or out of range. */
  parse(parameter: Parameter): T | undefined;
  /** The parameter may be left out at the end of the list. */
  readonly optional?: true;
}

/** A decimal whole number without quotes. */
export function integerField(min: number, max: number): Field<number> {
  return {
    format: (label, value) => String(checkInteger(label, value, min, max)),
    parse: (parameter) => {
      const value = numberOf(parameter);
      return value !== undefined && value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of a few whole numbers. */
export function choiceField<T extends number>(allowed: readonly T[]): Field<T> {
  return {
    format: (label, value) => String(checkOneOf(label, value, allowed)),
    parse: (parameter) => allowed.find((value) => value === numberOf(parameter)),
  };
}

/** `1` for true, `0` for false. */
export const FLAG: Field<boolean> = {
  format: (label, value) => (checkOneOf(label, value, [true, false]) ? '1' : '0'),
  parse: (parameter) => [false, true][numberOf(parameter) ?? -1],
};

/** A text between double quotes, UTF-8 on the wire; `fault` says what else it must be. */
export function textField(
  limits: TextLimits,
  fault: (text: string) => string | undefined = () => undefined,
): Field<string> {
  const check = (label: string, value: string): string => {
    const text = checkText(label, value, limits);
    const limit = fault(text);
    if (limit !== undefined) throw new ArgumentError(label, JSON.stringify(text), limit);
    return text;
  };
  return {
    format: (label, value) => `"${encodeText(check(label, value))}"`,
    parse: (parameter) =>
      parameter?.quoted === true ? accepted(() => check('', decodeText(parameter.text))) : undefined,
  };
}

export function optional<T>(field: Field<T>): Field<T> & { readonly optional: true } {
  return { ...field, optional: true };
}

/** Quality of service: MQTT 3.1.1 4.3. */
export type Qos = 0 | 1 | 2;

export const CONNECTION = integerField(0, MAX_CONNECTION_ID);
export const MESSAGE_ID = integerField(0, MAX_MESSAGE_ID);
export const QOS = choiceField<Qos>([0, 1, 2]);
export const TOPIC_NAME = textField({ max: MAX_TOPIC }, topicNameFault);
export const TOPIC_FILTER = textField({ max: MAX_TOPIC }, topicFilterFault);

/** `<result>` and `<extend>`: any small number, as firmware may know more of them than the manual. */
export const RESULT = integerField(-999, 999);

function numberOf(parameter: Parameter): number | undefined {
  if (parameter === undefined || parameter.quoted || !/^-?\d{1,9}$/.test(parameter.text)) return undefined;
  return Number(parameter.text);
}

/** What the check returns, or undefined if it refuses. */
function accepted<T>(check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof ArgumentError) return undefined;
    throw error;
  }
}

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

/** The request of a parameter set command, `AT<name>=<fields>`. */
export function setRequest<A extends object>(name: string, fields: FieldList<A>): CommandRequest<A> {
  return {
    format: (args) => `AT${name}=${formatFields(fields, args)}`,
    parse: (line) => parseFields(fields, setParameters(line, name)),
  };
}
