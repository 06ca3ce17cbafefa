import { escapeBytes, unescapeBytes } from '../util/escape.js';
import type { TraceEntry } from './trace.js';

/** The version of the format that this program writes, and the highest one that it reads. */
export const TRACE_VERSION = 1;

/** An entry with the port that it was recorded at, if the line names one: a station records several ports in one file. */
export interface TraceLine extends TraceEntry {
  readonly port?: string;
}

/** What the header tells; all but the version may be missing. */
export interface TraceHeader {
  readonly version: number;
  /** Start of the recording: ms since 1970. */
  readonly start?: number;
  /** The version of the program that recorded. */
  readonly program?: string;
  /** As it was given: `/dev/ttyUSB0`, `tcp://…`. */
  readonly port?: string;
  /** Whether secrets are `***`. */
  readonly masked?: boolean;
}

const ENTRY =
  /^(?:(?<port>\S+) )?(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \+(?<seconds>\d+\.\d+) (?<direction>[<>]) (?<bytes>.*)$/s;

const HEADER = /^# atmqtt trace (\d+)((?: [a-z]+=\S*)*)$/;

/** The inverse of `formatTrace` and `showTrace`, a port in front of it taken as well; undefined for a line of another shape. */
export function parseTraceLine(line: string): TraceLine | undefined {
  const { port, at = '', seconds, direction, bytes = '' } = ENTRY.exec(line)?.groups ?? {};
  const wallClock = Date.parse(at);
  if (Number.isNaN(wallClock)) return undefined;
  return {
    // Whole numbers of µs: binary fractions of a second are not those that were written.
    time: Math.round(Number(seconds) * 1_000_000) / 1000,
    at: wallClock,
    direction: direction === '>' ? '>' : '<',
    bytes: unescapeBytes(bytes),
    ...(port === undefined ? {} : { port }),
  };
}

/** The first line of a file: `# atmqtt trace 1 start=2026-11-20T11:00:00.123Z program=0.1.0 port=COM3 secrets=masked`. */
export function formatTraceHeader(header: TraceHeader): string {
  const { version, start, program, port, masked } = header;
  return [
    `# atmqtt trace ${version}`,
    ...(start === undefined ? [] : [`start=${new Date(start).toISOString()}`]),
    ...(program === undefined ? [] : [`program=${word(program)}`]),
    ...(port === undefined ? [] : [`port=${word(port)}`]),
    ...(masked === undefined ? [] : [`secrets=${masked ? 'masked' : 'shown'}`]),
  ].join(' ');
}

/** The inverse of `formatTraceHeader`; undefined for any other line. What it does not know is left out. */
export function parseTraceHeader(line: string): TraceHeader | undefined {
  const [, version, words = ''] = HEADER.exec(line) ?? [];
  if (version === undefined) return undefined;
  const fields = new Map(
    words
      .trim()
      .split(' ')
      .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  );
  const start = Date.parse(fields.get('start') ?? '');
  const program = fields.get('program');
  const port = fields.get('port');
  const secrets = fields.get('secrets');
  return {
    version: Number(version),
    ...(Number.isNaN(start) ? {} : { start }),
    ...(program === undefined ? {} : { program: unescapeBytes(program).toString() }),
    ...(port === undefined ? {} : { port: unescapeBytes(port).toString() }),
    ...(secrets === undefined ? {} : { masked: secrets !== 'shown' }),
  };
}

/** UTF-8 with escapes, and without a space. */
function word(text: string): string {
  return escapeBytes(Buffer.from(text)).replaceAll(' ', '\\x20');
}
