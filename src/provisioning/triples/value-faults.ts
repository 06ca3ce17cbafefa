import { ArgumentError } from '../../errors/kinds.js';
import { shownColumn, type TripleField } from './columns.js';
import { damageOf, type Place } from './spreadsheet-damage.js';

/** The cloud gives out 32 characters, and 16: aliyun.md 1 and 2. */
export const SHORTEST_SECRET = 16;

/** A column, and what its values must be. */
export interface Field {
  readonly field: TripleField;
  readonly place: Place;
  /** Throws an `ArgumentError`. */
  check(value: string): unknown;
}

interface Judgement {
  /** Why the value is refused. */
  readonly fault?: string;
  /** Why a person should look at it. */
  readonly oddity?: string;
}

/**
 * What is wrong with a value. It is shown where nothing of a secret can be left in it: where columns are mixed up, a
 * secret stands among the names.
 */
export function judge(value: string, { place, check }: Field): Judgement {
  if (value === '') return { fault: 'it is empty' };
  if (value.includes('***')) return { fault: 'it is masked: the file must have it in full' };
  const damage = damageOf(value, place);
  if (damage !== undefined) {
    const text = `${place === 'name' ? quoted(value) : 'it'} ${damage.text}`;
    if (damage.certain) return { fault: text };
    const limit = limitOf(value, check);
    return limit === undefined ? { oddity: text } : { fault: text };
  }
  const limit = limitOf(value, check);
  if (limit === undefined) return {};
  const shown = place === 'name' ? shownColumn(value) : '***';
  const subject = shown.includes('***') || shown === '' ? 'it' : quoted(shown);
  return { fault: `${subject} must be ${limit}, it has ${charactersText(value)}` };
}

function limitOf(value: string, check: (value: string) => unknown): string | undefined {
  try {
    check(value);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return error.limit;
    throw error;
  }
}

/** How many characters, and the first that is not of ASCII, or no sign: a blank, a dash of a word processor, `８`. */
function charactersText(value: string): string {
  const count = value.length === 1 ? '1 character' : `${value.length} characters`;
  const [odd] = /[^!-~]/u.exec(value) ?? [];
  if (odd === undefined) return count;
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const what = [
    [/\s/u, 'a blank'],
    [/[\p{Cc}\p{Cf}]/u, 'an invisible one'],
    [/[\uff01-\uff5e]/u, `the full-width ${odd}`],
  ] as const;
  const [, name = odd] = what.find(([pattern]) => pattern.test(odd)) ?? [];
  return `${count}, among them ${name} (U+${code})`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
