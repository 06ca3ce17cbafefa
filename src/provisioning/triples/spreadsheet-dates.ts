/** How sure it is that something was made by a spreadsheet. */
export type Verdict = 'certain' | 'perhaps' | 'no';

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
export function looksLikeDate(value: string): Verdict {
  if (SURELY.some((pattern) => pattern.test(value))) return 'certain';
  const [, word] = DAY_AND_MONTH.exec(value) ?? MONTH_AND_NUMBER.exec(value) ?? [];
  const perhaps = PERHAPS.some((pattern) => pattern.test(value)) || (word !== undefined && isMonth(word));
  return perhaps ? 'perhaps' : 'no';
}
