import type { ClockReading } from '../at/commands/clock.js';

/** A module that has no time from the network yet shows a date before it was built [A]. */
const FIRST_YEAR = 20;

/** Two-digit years from here on belong to the last century: the epochs of 1970 and 1980 are seen on other modules. */
const LAST_CENTURY = 70;

const QUARTER_HOUR = 15 * 60_000;

/**
 * The point in time that the clock shows, or undefined when the module has not got the time yet or the fields are no
 * date. TS 27.007 8.15: the reading is local time and the zone its distance from UTC; without a zone it is taken as
 * UTC [A].
 */
export function clockToDate(reading: ClockReading): Date | undefined {
  const { year, month, day, hour, minute, second, zone = 0 } = reading;
  if (year < FIRST_YEAR || year >= LAST_CENTURY) return undefined;
  const local = new Date(Date.UTC(2000 + year, month - 1, day, hour, minute, second));
  // Date carries overflowing fields into the next one: a reading that comes back changed was no date.
  const same =
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === hour &&
    local.getUTCMinutes() === minute &&
    local.getUTCSeconds() === second;
  return same ? new Date(local.getTime() - zone * QUARTER_HOUR) : undefined;
}
