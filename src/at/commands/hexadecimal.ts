import type { Parameter } from '../parameters.js';

/** The number that a hexadecimal parameter of at most 8 digits is, quoted or not, or undefined. */
export function hexadecimalOf(parameter: Parameter): number | undefined {
  if (parameter === undefined || !/^[\da-f]{1,8}$/i.test(parameter.text)) return undefined;
  return Number.parseInt(parameter.text, 16);
}

/** Upper case, filled up with zeros to `digits`. */
export function toHexadecimal(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
