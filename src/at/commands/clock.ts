import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The clock as it stands on the wire. */
export interface ClockReading {
  /** Last two digits. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Quarter hours east of Greenwich; left out when the module does not tell. */
  readonly zone?: number;
}

const READING = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d{1,2})?$/;

/** `AT+CCLK?` → `+CCLK: "yy/MM/dd,hh:mm:ss±zz"`. TS 27.007 8.15. */
export const CLOCK: OneStageCommand<Nothing, ClockReading> = {
  name: '+CCLK',
  form: 'read',
  request: fixedRequest('AT+CCLK?'),
  response: oneLine<ClockReading>('+CCLK', {
    parse: ([reading, ...rest]) =>
      reading?.quoted && rest.length === 0 ? parseReading(reading.text) : undefined,
    format: ({ year, month, day, hour, minute, second, zone }) =>
      `"${[year, month, day].map(pad).join('/')},${[hour, minute, second].map(pad).join(':')}${formatZone(zone)}"`,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function parseReading(text: string): ClockReading | undefined {
  const match = READING.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[7];
  return { year, month, day, hour, minute, second, ...(zone === undefined ? {} : { zone: Number(zone) }) };
}

function formatZone(zone: number | undefined): string {
  if (zone === undefined) return '';
  return `${zone < 0 ? '-' : '+'}${pad(Math.abs(zone))}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
