import { ModemError } from '../../../errors/modem-error.js';
import { didYouMean } from '../../../util/did-you-mean.js';
import type { DotCommand } from './dot-command.js';
import { helpCommand } from './help-command.js';
import { BREAK, DTR, LINES, RTS } from './line-commands.js';
import { HEXADECIMAL, TIME_STAMPS } from './look-commands.js';
import { MACRO } from './macro-commands.js';
import { PUBLISH, SUBSCRIBE, UNSUBSCRIBE } from './message-commands.js';
import { BAUD_RATE, LOG, QUIT, RESET, TRACE } from './port-commands.js';
import { RUN } from './run-command.js';
import { SEND } from './send-command.js';
import { CONNECT, DISCONNECT } from './session-commands.js';
import { STATUS } from './status-command.js';

/** All the dot-commands, in the order of the help. */
export const DOT_COMMANDS: readonly DotCommand[] = [
  helpCommand(() => DOT_COMMANDS),
  STATUS,
  CONNECT,
  DISCONNECT,
  PUBLISH,
  SUBSCRIBE,
  UNSUBSCRIBE,
  MACRO,
  RUN,
  SEND,
  TRACE,
  LOG,
  HEXADECIMAL,
  TIME_STAMPS,
  BAUD_RATE,
  LINES,
  DTR,
  RTS,
  BREAK,
  RESET,
  QUIT,
];

/** The command that a line calls, and what stands behind its name. Throws `INVALID_ARGUMENT` with what it could mean. */
export function dotCommand(line: string): { readonly command: DotCommand; readonly rest: string } {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  const command = DOT_COMMANDS.find((known) => known.name === name);
  if (command !== undefined) return { command, rest };
  const near = didYouMean(
    name,
    DOT_COMMANDS.map((known) => known.name),
  );
  const hint = near === undefined ? '.help lists them' : `did you mean ${near}?`;
  throw new ModemError('INVALID_ARGUMENT', `there is no command ${name}; ${hint}`);
}
