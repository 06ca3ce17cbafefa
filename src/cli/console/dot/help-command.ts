import { ModemError } from '../../../errors/modem-error.js';
import { WORDS } from '../../decode/dialect-words.js';
import { alignColumns } from '../../text-table.js';
import { helpFor, helpLines, overviewLines } from '../help-text.js';
import type { DotCommand } from './dot-command.js';

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
export function helpCommand(commands: () => readonly DotCommand[]): DotCommand {
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
