/** What a spreadsheet, or a program that reads one, has put in place of a value. */
interface Damage {
  /** Goes on behind the value, or behind `it`; names what the value was, as a secret is not shown. */
  readonly text: string;
  /** Nothing but damage looks like this; else it may be a value of its own. */
  readonly certain: boolean;
}

/** Where the value stands: names may hold digits, dots and dashes of their own, secrets are 16 or 32 characters long. */
export type Place = 'name' | 'secret';

/** How sure it is that something was made by a spreadsheet. */
type Verdict = 'certain' | 'perhaps' | 'no';

const EXPORT_AGAIN = 'format the column as text and export again';

const FORMULA = 'is an error of a formula, such as #NAME?: repair the formula and export again';

const NUMBER = `is a number as a spreadsheet writes it: ${EXPORT_AGAIN}`;

const DATE = `is a date as a spreadsheet writes it: ${EXPORT_AGAIN}`;

/** Values of which nothing is left. */
const EMPTY: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^#+$/, 'is a row of #, as a spreadsheet shows where a column is too narrow: widen it and export again'],
  // #NAME? #REF! #N/A #DIV/0! #BEZUG! #¿NOMBRE?: every language has its own; LibreOffice adds Err:502.
  [/^(?:#[\p{L}/¿¡_ ]{1,20}0?[?!]?|Err:\d{3})$/iu, FORMULA],
  [/^Loading(?:\.\.\.|…)$/i, 'stands where a spreadsheet had not finished: export again'],
  // C writes inf and nan, Microsoft's run time 1.#INF and 1.#IND, Java and Numbers Infinity and ∞.
  [
    /^[+-]?(?:inf|infinity|∞|1[.,]#(?:INF|IND|[QS]NAN)\d*|nan(?:\(\w*\))?)$/i,
    `is no number, such as INF or NaN: ${EXPORT_AGAIN}`,
  ],
  [
    /^(?:<?null>?|\(null\)|nil|none|undefined|<NA>|NaT|n\/?a|\(blank\)|-+|[–—]+|\?+)$/i,
    'stands for no value, such as null or N/A: export again from the source',
  ],
];

/** TRUE and FALSE in the languages of Excel and LibreOffice. */
const LOGICAL = new Set(
  `true false wahr falsch vrai faux verdadero falso vero verdadeiro waar onwaar sant falskt sann usann sand falsk
  tosi epätosi prawda fałsz pravda nepravda igaz hamis doğru yanliş yanlış истина ложь истина хибність αληθησ ψευδησ
  cert fals adevărat`.split(/\s+/),
);

/**
 * A number in powers of ten: 8.61326E+14, 8,61E14, 8.61326070275653e14, 8.6×10^14. A spreadsheet shows 17 digits at most,
 * so that a secret of 32 digits with one e in it is none.
 */
const POWER = /^[+-]?(\d{0,3})([.,]\d{0,17})?\s?(?:e|[x×*]\s?10\s?\^?)\s?([+-]?)\d{1,3}$/iu;

/** 861,326,070,275,653 and with an apostrophe, a blank of any kind; 86,13,26,07,02,75,653 in India. */
const GROUPED = /^[+-]?\d{1,3}(?:[,'’\u00a0\u2009\u202f ]\d{2,3})*[,'’\u00a0\u2009\u202f ]\d{3}(?:[.,]\d*)?$/;

/** 861.326.070.275.653 */
const DOTTED = /^[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d*)?$/;

/** 861326070275653.0: a program has read it as a number. */
const WITH_FRACTION = /^[+-]?\d{4,}[.,]0+$/;

/** Digits alone, with what may stand beside and between them: 0, -5, 12.5, 50%, ¥1,234.00, (12). */
const ANY_NUMBER = /^[-+(]?\s?[¥$€£₹]?\s?\d[\d.,'\s]*\s?[)%]?$/;

/** Digits that a spreadsheet keeps: what comes behind them becomes 0. */
export const KEPT_DIGITS = 15;

/** What has become of the value, if it looks like damage. */
export function damageOf(value: string, place: Place): Damage | undefined {
  const [, gone] = EMPTY.find(([pattern]) => pattern.test(value)) ?? [];
  if (gone !== undefined) return { text: gone, certain: true };
  if (LOGICAL.has(value.toLowerCase())) {
    return { text: `is a logical value, true or false: ${EXPORT_AGAIN}`, certain: true };
  }
  const number = place === 'secret' ? isNumber(value) : looksLikeNumber(value);
  if (number !== 'no') return { text: NUMBER, certain: number === 'certain' };
  const date = looksLikeDate(value);
  // A secret is no date of its own.
  const certain = date === 'certain' || place === 'secret';
  return date === 'no' ? undefined : { text: DATE, certain };
}

function looksLikeNumber(value: string): Verdict {
  const power = POWER.exec(value);
  if (power !== null) return powerVerdict(power);
  if (GROUPED.test(value) || WITH_FRACTION.test(value)) return 'certain';
  if (!DOTTED.test(value)) return 'no';
  const groups = value.split('.');
  // 192.168.100.200 is an address.
  if (groups.length === 4 && groups.every((group) => Number(group) < 256)) return 'no';
  return groups.length > 4 ? 'certain' : 'perhaps';
}

/** 6E31 can be a name, 6.1E31 and 6E+31 cannot. */
function powerVerdict([, whole = '', fraction, sign = '']: RegExpExecArray): Verdict {
  if (fraction !== undefined) return whole + fraction.slice(1) === '' ? 'no' : 'certain';
  if (sign === '+') return whole === '' ? 'no' : 'certain';
  return whole.length === 1 ? 'perhaps' : 'no';
}

/** As `looksLikeNumber`, where no number belongs at all: a secret of digits alone is longer than a number can be. */
function isNumber(value: string): Verdict {
  if (looksLikeNumber(value) !== 'no') return 'certain';
  if (!ANY_NUMBER.test(value)) return 'no';
  const digits = value.replace(/\D/g, '');
  const rounded = digits.length > KEPT_DIGITS && /^0+$/.test(digits.slice(KEPT_DIGITS));
  return /^\d{16,}$/.test(value) && !rounded ? 'no' : 'certain';
}

/** Languages whose names of months are known; a spreadsheet writes those of its user. */
const LANGUAGES = 'en de fr es it pt nl sv da fi nb pl cs hu ro tr ru el'.split(' ');

/** Excel's own abbreviations, where they differ from those of Unicode's locale data [C]. */
const OTHER_MONTHS = ['mrz', 'jui', 'set', 'sept', 'okt', 'dez'];

let months: ReadonlySet<string> | undefined;

/** Short and long, in small letters, without a dot. */
function isMonth(word: string): boolean {
  months ??= new Set([
    ...OTHER_MONTHS,
    ...LANGUAGES.flatMap((language) =>
      (['short', 'long'] as const).flatMap((month) => {
        const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
        return Array.from({ length: 12 }, (_none, index) => plain(format.format(Date.UTC(2026, index, 1))));
      }),
    ),
  ]);
  return months.has(plain(word));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/\.$/, '');
}

/** 2-janv., 2. März 2026, 02-okt-26: in other languages the months are short words such as set and mai. */
const DAY_AND_MONTH = /^\d{1,2}\.?[- /](\p{L}{3,10}\.?)(?:[- /]\d{2,4})?$/u;

/** Jan-26, mars 2026 */
const MONTH_AND_NUMBER = /^(\p{L}{3,10}\.?)[- /]\d{2,4}$/u;

/** What no device is called: most of it has signs that its name may not have. */
const SURELY = [
  // 2-Jan, 02-Jan-26
  /^\d{1,2}[- ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[- ]\d{2,4})?$/,
  // 2026/1/3, 1/3/2026, 1/3, with or without a time.
  /^\d{1,4}\/\d{1,2}(?:\/\d{1,4})?(?:\s.*)?$/,
  // 3月1日, 2026年1月3日, 2026년 1월 3일
  /^(?:\d{2,4}\s?[年년])?\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일号])?(?:\s.*)?$/,
  /^\d{4}[-.]\d{1,2}[-.]\d{1,2}[T\s]\d{1,2}:\d{2}.*$/,
  /^\d{1,2}[-.]\d{1,2}[-.]\d{4}\s\d{1,2}:\d{2}.*$/,
  /^\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M$/i,
];

/** 2026-01-03, 3.1.2026, 12:30, 12:30:00 */
const PERHAPS = [
  /^\d{4}[-.]\d{1,2}[-.]\d{1,2}$/,
  /^\d{1,2}[-.]\d{1,2}[-.]\d{4}$/,
  /^\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$/,
];

/** Whether a text is a date or a time as a spreadsheet writes it; `perhaps` if a device could bear it as its name. */
function looksLikeDate(value: string): Verdict {
  if (SURELY.some((pattern) => pattern.test(value))) return 'certain';
  const [, word] = DAY_AND_MONTH.exec(value) ?? MONTH_AND_NUMBER.exec(value) ?? [];
  const perhaps = PERHAPS.some((pattern) => pattern.test(value)) || (word !== undefined && isMonth(word));
  return perhaps ? 'perhaps' : 'no';
}
