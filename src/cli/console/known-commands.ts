import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../at/commands/basic.js';
import { CLOCK } from '../../at/commands/clock.js';
import {
  ERROR_REPORTING,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
  SIM_STATE,
} from '../../at/commands/control.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../../at/commands/identity.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../../at/commands/lierda.js';
import { DEFAULT_LIMITS } from '../../at/commands/limits.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp.js';
import { ATTACHMENT, REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../at/commands/signal.js';
import type { Line } from '../../at/line.js';
import { COMMANDS as LMQTT_COMMANDS } from '../../dialects/lmqtt/declarations.js';
import { BASIC_COMMANDS } from './help/basic-help.js';
import type { AnyCommand } from './help/command-help.js';

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
  SIM_SLOT,
  SELECT_SIM_SLOT,
  SIGNAL_QUALITY,
  EXTENDED_SIGNAL_QUALITY,
  CELLS,
  CLOCK,
  MANUFACTURER,
  MODEL,
  REVISION,
  FIRMWARE,
  IMEI,
  SERIAL_NUMBER,
  IMSI,
  ICCID,
  SET_FUNCTIONALITY,
  SET_BAUD_RATE,
  POWER_OFF,
];

/** Every command that is declared: V.250, 3GPP and vendor, then the dialect, then what any module answers. */
export const KNOWN_COMMANDS: readonly AnyCommand[] = [...CORE_COMMANDS, ...LMQTT_COMMANDS, ...BASIC_COMMANDS];

/** A command line that one of the declarations reads. */
export interface KnownLine {
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
  const known = knownLine(line);
  return known?.command.data?.length(known.args);
}

/** What completes a command line of two stages. */
export interface AwaitedResult {
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
      return isSuccess(value as ResultFields);
    },
  };
}

/** What the result URCs of the dialect have in common. */
interface ResultFields {
  readonly result: number;
  readonly returnCode?: number;
}

/** `<ret_code>` 0 where there is one, else `<result>` 0: lmqtt.md 3 to 5 [M]. */
function isSuccess({ result, returnCode = result }: ResultFields): boolean {
  return returnCode === 0;
}
