/** `1 module`, `2 modules`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Without what would break the line or move the cursor: names and details come from modules, files and people. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Date and time in the machine's time zone, for people: `2026-11-20 12:00:00`. Times are ms since 1970. */
export function localTime(ms: number): string {
  const date = new Date(ms);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  return `${day} ${timeOfDay(ms)}`;
}

/** As `localTime`, with ms: steps of an attempt follow each other within one second. */
export function localTimeMs(ms: number): string {
  return `${localTime(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`;
}

/** The time of `localTime` alone: `12:00:00`. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** How long, for people: `840 ms`, `7.5 s`, `12 min 5 s`, `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
