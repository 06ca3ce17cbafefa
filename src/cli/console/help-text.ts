import type { CommandHelp } from '../../dialects/words.js';
import { BASIC_HELP } from '../decode/basic-help.js';
import { CORE_HELP, NETWORK_HELP } from '../decode/core-help.js';
import { WORDS } from '../decode/dialect-words.js';
import { alignColumns } from '../terminal.js';

/** A table for every declared command. */
export const COMMAND_HELP: readonly CommandHelp[] = [
  ...CORE_HELP,
  ...NETWORK_HELP,
  ...WORDS.flatMap(({ help }) => help),
  ...BASIC_HELP,
];

/** What the name is asked for by: `AT+CSQ`, `AT+CEREG?`, `AT+COPS=0,"x"`, `+csq`. */
function nameIn(text: string): string {
  const line = text.trim().toUpperCase();
  // V.250 5.3.1: the number follows the letter.
  const basic = /^AT(&[A-Z]|[A-Z])(?:\d|=|\?|$)/.exec(line)?.[1] ?? /^ATS(?=\d)/.exec(line)?.[0].slice(2);
  return basic ?? /^(?:AT)?([+^&*%$#][A-Z0-9_]+)/.exec(line)?.[1] ?? line;
}

/** The helps for the command that a line begins with: one for each of its forms. */
export function helpFor(text: string): readonly CommandHelp[] {
  const name = nameIn(text);
  return COMMAND_HELP.filter(({ command }) => command.name.toUpperCase() === name);
}

/** Fields, ranges, time limits and source of one form of a command, as lines. */
export function helpLines({ command, about, syntax, fields = [], example, source }: CommandHelp): string[] {
  const { prompt, response, result } = command.limits;
  const limits = [
    ...(prompt === undefined ? [] : [`prompt ${seconds(prompt)}`]),
    `answer ${seconds(response)}`,
    ...(result === undefined ? [] : [`result ${seconds(result)}`]),
  ].join(', ');
  return [
    `${syntax}  ${about}`,
    ...alignColumns([
      ...fields.map(([name, meaning]) => [`  ${name}`, meaning]),
      ['  limits', limits],
      ['  example', example],
      ['  source', source],
    ]),
  ];
}

/** Syntax and purpose of every command, a line each. */
export function overviewLines(): string[] {
  return alignColumns(COMMAND_HELP.map(({ syntax, about }) => [`  ${syntax}`, about]));
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
