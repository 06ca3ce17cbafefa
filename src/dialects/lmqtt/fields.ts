import { checkInteger, checkOneOf, checkText, type TextLimits } from '../../at/checks.js';
import { decodeText, encodeText, type Parameter } from '../../at/parameters.js';
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
