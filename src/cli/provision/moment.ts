import { ArgumentError } from '../../errors/kinds.js';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const AGO = /^(\d{1,6})([mhd])$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A moment in words as ms since 1970: `today`, `yesterday`, an ISO 8601 date or time, or how long ago (`30m`, `8h`,
 * `7d`). Without an offset it is the machine's time zone that counts. A day means its begin, with `edge` `until` its
 * end: `--since yesterday --until yesterday` is that day. Throws an `ArgumentError` that names the field.
 */
export function parseMoment(field: string, text: string, edge: 'since' | 'until', now: number): number {
  const days = edge === 'until' ? 1 : 0;
  if (text === 'today') return midnight(now, days);
  if (text === 'yesterday') return midnight(now, days - 1);
  const [, count, unit] = AGO.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit ?? ''] ?? 0);
  const moment = isoMoment(text, days);
  if (moment !== undefined) return moment;
  const limit = 'today, yesterday, 2026-11-20, 2026-11-20T08:00, or how long ago: 30m, 8h, 7d';
  throw new ArgumentError(field, JSON.stringify(text), limit);
}

/** Calendar days, not 24 hours: the clocks may change in between. */
function midnight(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

function isoMoment(text: string, days: number): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const parts = [year, month - 1, day, hour, minute, second] as const;
  const utc = new Date(Date.UTC(...parts));
  // What rolls over, as 30 February does, is no date.
  const kept = [
    ...[utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate()],
    ...[utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds()],
  ];
  if (kept.some((part, index) => part !== parts[index])) return undefined;
  if (match[4] === undefined) return new Date(year, month - 1, day + days).getTime();
  const ms = Number((match[7] ?? '0').padEnd(3, '0'));
  const offset = offsetMinutes(match[8]);
  return (offset === undefined ? new Date(...parts).getTime() : utc.getTime() - offset * 60_000) + ms;
}

/** Undefined: the machine's time zone. */
function offsetMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):?(\d\d)/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
