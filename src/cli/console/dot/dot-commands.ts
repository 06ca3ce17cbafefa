import { ModemError } from '../../../errors/modem-error.js';
import { didYouMean } from '../../../util/did-you-mean.js';
import { WORDS } from '../../decode/dialect-words.js';
import { alignColumns } from '../../terminal.js';
import { helpFor, helpLines, overviewLines } from '../help-text.js';
import type { DotCommand } from './dot-command.js';
import { HEXADECIMAL, LOG, TIME_STAMPS, TRACE } from './look-commands.js';
import { BAUD_RATE, BREAK, DTR, LINES, QUIT, RESET, RTS } from './port-commands.js';
import { MACRO, RUN } from './run-commands.js';
import { SEND } from './send-command.js';
import { CONNECT, DISCONNECT, PUBLISH, STATUS, SUBSCRIBE, UNSUBSCRIBE } from './session-commands.js';

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

const KEYS: readonly (readonly string[])[] = [
  ['Tab', 'complete'],
  ['Up, Down, Ctrl-R', 'history, search in it'],
  ['Ctrl-T', 'status'],
  ['Ctrl-C', 'give up what is under way, else clear the line; twice: leave'],
  ['Ctrl-D', 'leave'],
  ['Ctrl-Z, Esc', 'behind a prompt: sent as they are'],
  ['+++ Enter', 'sent without a line end, after a second of silence'],
];

/** `commands`: all the dot-commands. */
function helpCommand(commands: () => readonly DotCommand[]): DotCommand {
  return {
    name: '.help',
    usage: '.help [at | <command>]',
    about: 'this; .help at: all AT commands; .help AT+CSQ or AT+CSQ ?: one of them',
    immediate: true,
    run: (rest, { view }) => {
      if (rest === '') view.text(generalHelp(commands()));
      else if (rest.toLowerCase() === 'at') view.text(overviewLines());
      else view.text(helpOn(rest, commands()));
    },
  };
}

/** Help on an AT command or a dot-command; throws `INVALID_ARGUMENT` for one that is not known. */
export function helpOn(name: string, commands: readonly DotCommand[]): string[] {
  const dot = commands.find((command) => command.name === name || command.name === `.${name}`);
  if (dot !== undefined) return [dot.usage, `  ${dot.about}`];
  const found = helpFor(name).flatMap(helpLines);
  if (found.length > 0) return found;
  throw new ModemError(
    'INVALID_ARGUMENT',
    `nothing is known of ${name}; it may work all the same. .help at lists what is known`,
  );
}

function generalHelp(commands: readonly DotCommand[]): string[] {
  return [
    'What you type goes to the module. Lines that begin with a dot are for the console:',
    ...alignColumns(commands.map(({ name, about }) => [`  ${name}`, about])),
    '.help .pub shows how one is used.',
    'Keys:',
    ...alignColumns(KEYS.map(([key = '', meaning = '']) => [`  ${key}`, meaning])),
    `${WORDS[0]?.example ?? 'AT'} ? shows fields, ranges, time limits and source of a command.`,
  ];
}
