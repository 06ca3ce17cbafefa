import { informationParameters, integerOf } from '../parameters.js';
import type { Urc } from '../urc.js';

export interface TimeZoneChange {
  /** Quarter hours east of Greenwich. */
  readonly zone: number;
  /** Hours that daylight saving time adds: 0, 1 or 2. */
  readonly daylightSaving: number;
  /** `yyyy/MM/dd,hh:mm:ss` in universal time, if the network tells it. */
  readonly universalTime?: string;
}

/** `+CTZEU: <tz>,<dst>[,"<utime>"]`: the network told the time zone. TS 27.007 8.41. */
export const TIME_ZONE_CHANGED: Urc<TimeZoneChange> = {
  name: '+CTZEU',
  parse: ({ text }) => {
    const [tz, dst, utime, ...rest] = informationParameters(text, '+CTZEU') ?? [];
    const zone = tz === undefined ? undefined : integerOf({ ...tz, text: tz.text.replace(/^\+/, '') });
    const daylightSaving = integerOf(dst);
    if (zone === undefined || daylightSaving === undefined || rest.length > 0) return undefined;
    return { zone, daylightSaving, ...(utime === undefined ? {} : { universalTime: utime.text }) };
  },
  format: ({ zone, daylightSaving, universalTime }) => {
    const tz = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}`;
    const utime = universalTime === undefined ? '' : `,"${universalTime}"`;
    return { text: `+CTZEU: "${tz}",${daylightSaving}${utime}` };
  },
};
