import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../at/commands/basic.js';
import { CLOCK } from '../../at/commands/clock.js';
import {
  ERROR_REPORTING,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
  SIM_STATE,
} from '../../at/commands/control.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../../at/commands/identity.js';
import { DEFAULT_LIMITS } from '../../at/commands/limits.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp.js';
import { ATTACHMENT, REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../at/commands/signal.js';
import type { Line } from '../../at/line.js';
import type { AnyCommand } from '../../dialects/words.js';
import { BASIC_COMMANDS } from './basic-help.js';
import { WORDS } from './dialect-words.js';

const CORE_COMMANDS: readonly AnyCommand[] = [
  ATTENTION,
  ECHO,
  SET_ERROR_REPORTING,
  ERROR_REPORTING,
  SET_REGISTRATION_REPORTING,
  REGISTRATION,
  ATTACHMENT,
  PDP_ADDRESSES,
  SIM_STATE,
  SIGNAL_QUALITY,
  EXTENDED_SIGNAL_QUALITY,
  CLOCK,
  MANUFACTURER,
  MODEL,
  REVISION,
  IMEI,
  SERIAL_NUMBER,
  IMSI,
  SET_FUNCTIONALITY,
  SET_BAUD_RATE,
];

/** Every command that is declared: V.250 and 3GPP, then the dialects, then what any module answers. */
export const KNOWN_COMMANDS: readonly AnyCommand[] = [
  ...CORE_COMMANDS,
  ...WORDS.flatMap(({ commands }) => commands),
  ...BASIC_COMMANDS,
];

/** Those that may be followed by bytes. */
const PROMPTING = KNOWN_COMMANDS.filter(({ data }) => data !== undefined);

/** A command line that one of the declarations reads. */
interface KnownLine {
  readonly command: AnyCommand;
  readonly args: unknown;
}

/** The declaration that reads the command line, or undefined. */
export function knownLine(line: string): KnownLine | undefined {
  for (const command of KNOWN_COMMANDS) {
    const args = command.request.parse(line);
    if (args !== undefined) return { command, args };
  }
  return undefined;
}

/** ms from the command line to its final result code. */
export function responseLimit(line: string): number {
  return (knownLine(line)?.command.limits ?? DEFAULT_LIMITS).response;
}

/** The bytes that the module will ask for behind its prompt, as the command line tells it. */
export function announcedBytes(line: string): number | undefined {
  for (const { data, request } of PROMPTING) {
    const args = request.parse(line);
    if (args !== undefined) return data?.length(args);
  }
  return undefined;
}

/** What completes a command line of two stages. */
interface AwaitedResult {
  /** ms from the final result code. */
  readonly limit: number;
  /** Whether it tells of success; undefined for any other line. */
  read(line: Line): boolean | undefined;
}

/** The result URC that the command line asks for, or undefined if its final result code completes it. */
export function awaitedResult(line: string): AwaitedResult | undefined {
  const known = knownLine(line);
  const stage = known?.command.result;
  if (known === undefined || stage === undefined) return undefined;
  return {
    limit: known.command.limits.result ?? known.command.limits.response,
    read: (received) => {
      const value = stage.urc.parse(received);
      if (value === undefined || !stage.matches(known.args, value)) return undefined;
      return WORDS.find(({ commands }) => commands.includes(known.command))?.isSuccess(value);
    },
  };
}
