import { ArgumentError } from '../errors/kinds.js';
import { escapeBytes } from '../util/escape.js';

export interface TextLimits {
  /** Largest length in bytes of UTF-8. */
  readonly max: number;
  /** Smallest length in bytes, default 1. */
  readonly min?: number;
  /** Never shown in an error. */
  readonly secret?: boolean;
}

/**
 * Refuses a text that cannot stand between the double quotes of a command line: V.250 5.4.2.2 has no escape that
 * these modules are known to read, so a quote or a control character would end the parameter or the line.
 */
export function checkText(field: string, value: unknown, limits: TextLimits): string {
  const { max, min = 1, secret = false } = limits;
  if (typeof value !== 'string') throw new ArgumentError(field, show(value, secret), 'a string');
  const bytes = Buffer.byteLength(value);
  if (bytes < min || bytes > max) {
    const shown = secret ? `a value of ${bytes} bytes` : `${show(value)} (${bytes} bytes)`;
    throw new ArgumentError(field, shown, `${min} to ${max} bytes of UTF-8`);
  }
  if (/["\u0000-\u001f\u007f]/.test(value)) {
    throw new ArgumentError(
      field,
      show(value, secret),
      'free of double quotes, CR, LF, NUL and other control characters',
    );
  }
  if (!value.isWellFormed()) throw new ArgumentError(field, show(value, secret), 'well-formed Unicode');
  return value;
}

/** Refuses anything but a whole number from `min` to `max`. */
export function checkInteger(field: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new ArgumentError(field, show(value), `a whole number from ${min} to ${max}`);
  }
  return value;
}

/** Refuses anything but one of the given values. */
export function checkOneOf<T extends string | number | boolean>(
  field: string,
  value: unknown,
  allowed: readonly T[],
): T {
  if (!allowed.includes(value as T))
    throw new ArgumentError(field, show(value), `one of ${allowed.join(', ')}`);
  return value as T;
}

/** The value as an error shows it: escaped, at most 60 characters, `***` for a secret. */
function show(value: unknown, secret = false): string {
  if (secret) return '***';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  const text = escapeBytes(Buffer.from(value));
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
