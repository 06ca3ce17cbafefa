import { didYouMean } from '../util/did-you-mean.js';
import { escapeBytes } from '../util/escape.js';
import { ArgumentError } from './kinds.js';

/**
 * The names of an options type, all of them: with `satisfies OptionNames<T>` a table can neither lack one nor have one
 * too many.
 */
export type OptionNames<T> = Readonly<Record<keyof T & string, true>>;

/** Longest name of an unknown option that an error shows. */
const SHOWN = 40;

/**
 * Throws an `ArgumentError` for what is no object (a string in place of options, a callback, nothing), and for an option
 * that is not known, with the nearest one. Values are never shown: they may be secrets. An unknown option that is
 * undefined does no harm. `field` stands for the whole, `example` for what it should be; `prefix` goes before the names
 * of its options in errors.
 */
export function checkOptions(
  options: unknown,
  names: Readonly<Record<string, true>>,
  { field = 'options', example, prefix = '' }: OptionWords,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const advice = typeof options === 'function' ? '; there are no callbacks, await the promise' : '';
    const limit = `an object such as ${example}`;
    throw new ArgumentError(
      field,
      kindOf(options),
      limit,
      `${field}: ${kindOf(options)} given: give ${limit}${advice}`,
    );
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name) || (options as Record<string, unknown>)[name] === undefined) continue;
    throw unknownOption(name, Object.keys(names), prefix);
  }
}

export interface OptionWords {
  /** Default `options`. */
  readonly field?: string;
  readonly example: string;
  /** E.g. `outbox.`; default none. */
  readonly prefix?: string;
}

/** The names of an object that has all of its options. */
export function namesOf(complete: object): Readonly<Record<string, true>> {
  return Object.fromEntries(Object.keys(complete).map((name) => [name, true]));
}

/** Of several options, those that one of the tables knows. */
export function pickOptions<T extends object>(options: T, names: Readonly<Record<string, true>>): Partial<T> {
  const picked = Object.entries(options).filter(([name]) => Object.hasOwn(names, name));
  return Object.fromEntries(picked) as Partial<T>;
}

function unknownOption(name: string, known: readonly string[], prefix: string): ArgumentError {
  const text = escapeBytes(Buffer.from(name.slice(0, SHOWN)));
  const shown = `${prefix}${text}`;
  const nearest = didYouMean(name, known) ?? sameLetters(name, known);
  const advice =
    nearest === undefined ? `known are ${[...known].sort().join(', ')}` : `did you mean ${nearest}?`;
  return new ArgumentError(
    shown,
    'it',
    `one of ${known.join(', ')}`,
    `${shown}: there is no such option; ${advice}`,
  );
}

/** `clientid`, `CLIENT_ID`. */
function sameLetters(name: string, known: readonly string[]): string | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return known.find((one) => letters(one) === letters(name));
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return `a ${typeof value}`;
}
