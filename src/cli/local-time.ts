/** ISO 8601 in local time with its offset, e.g. `2026-11-20T12:00:00+0100`, as mosquitto_sub prints it. */
export function localIso(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return shifted.slice(0, 19) + offsetText(date);
}

/** Seconds since 1970 with nine decimals; the clock has three of them. */
export function unixTime(date: Date): string {
  return `${(date.getTime() / 1000).toFixed(3)}000000`;
}

/**
 * A conversion of strftime(3) by its letter, in local time and the C locale; undefined if there is none. `N` is
 * mosquitto_sub's own: nanoseconds, of which the clock has the first three digits.
 */
export function strftime(letter: string): ((date: Date) => string) | undefined {
  return Object.hasOwn(CONVERSIONS, letter) ? CONVERSIONS[letter] : undefined;
}

/** The letters that `strftime` knows. */
export function strftimeLetters(): string {
  return Object.keys(CONVERSIONS).join(' ');
}

const two = (value: number) => String(value).padStart(2, '0');
const blank = (value: number) => String(value).padStart(2, ' ');
const hour12 = (date: Date) => date.getHours() % 12 || 12;
/** Monday is 1, Sunday 7. */
const isoDay = (date: Date) => date.getDay() || 7;

/** Days since January 1, as if the clocks never changed. */
function dayOfYear(date: Date): number {
  const midnight = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight - Date.UTC(date.getFullYear(), 0, 1)) / DAY;
}

/** The week of the year by ISO 8601: it belongs to the year of its Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 4 - isoDay(date));
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

/** `+0100`. */
function offsetText(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return (minutes < 0 ? '-' : '+') + two(Math.floor(size / 60)) + two(size % 60);
}

/** As ICU abbreviates it: `CET`, `EST`, but `GMT+5:30` where the C library may know a name. */
function zoneName(date: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function named(field: 'weekday' | 'month', style: 'long' | 'short'): (date: Date) => string {
  return (date) => new Intl.DateTimeFormat('en-US', { [field]: style }).format(date);
}

/** Several conversions in a row: `%` and a letter each. */
function all(pattern: string): (date: Date) => string {
  return (date) => pattern.replace(/%(.)/g, (_, letter: string) => CONVERSIONS[letter]?.(date) ?? '');
}

const DAY = 24 * 60 * 60 * 1000;

const CONVERSIONS: Readonly<Record<string, (date: Date) => string>> = {
  A: named('weekday', 'long'),
  a: named('weekday', 'short'),
  B: named('month', 'long'),
  b: named('month', 'short'),
  C: (date) => two(Math.floor(date.getFullYear() / 100)),
  c: all('%a %b %e %T %Y'),
  D: all('%m/%d/%y'),
  d: (date) => two(date.getDate()),
  e: (date) => blank(date.getDate()),
  F: all('%Y-%m-%d'),
  G: (date) => String(isoWeek(date).year),
  g: (date) => two(isoWeek(date).year % 100),
  H: (date) => two(date.getHours()),
  h: named('month', 'short'),
  I: (date) => two(hour12(date)),
  j: (date) => String(dayOfYear(date) + 1).padStart(3, '0'),
  k: (date) => blank(date.getHours()),
  l: (date) => blank(hour12(date)),
  M: (date) => two(date.getMinutes()),
  m: (date) => two(date.getMonth() + 1),
  N: (date) => `${String(date.getMilliseconds()).padStart(3, '0')}000000`,
  n: () => '\n',
  P: (date) => (date.getHours() < 12 ? 'am' : 'pm'),
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  R: all('%H:%M'),
  r: all('%I:%M:%S %p'),
  S: (date) => two(date.getSeconds()),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  T: all('%H:%M:%S'),
  t: () => '\t',
  U: (date) => two(Math.floor((dayOfYear(date) + 7 - date.getDay()) / 7)),
  u: (date) => String(isoDay(date)),
  V: (date) => two(isoWeek(date).week),
  W: (date) => two(Math.floor((dayOfYear(date) + 8 - isoDay(date)) / 7)),
  w: (date) => String(date.getDay()),
  X: all('%T'),
  x: all('%D'),
  Y: (date) => String(date.getFullYear()),
  y: (date) => two(date.getFullYear() % 100),
  Z: zoneName,
  z: offsetText,
};
