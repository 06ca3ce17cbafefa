/** ISO 8601 in local time with its offset, e.g. `2026-11-20T12:00:00+0100`, as mosquitto_sub prints it. */
export function localIso(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000).toISOString();
  return shifted.slice(0, 19) + offsetText(offset);
}

/** Seconds since 1970 with nine decimals; the clock has three of them. */
export function unixTime(date: Date): string {
  return `${(date.getTime() / 1000).toFixed(3)}000000`;
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const digits = [hours, rest].map((value) => String(value).padStart(2, '0')).join('');
  return (minutes < 0 ? '-' : '+') + digits;
}
