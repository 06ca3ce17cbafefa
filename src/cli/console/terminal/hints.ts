import type { CommandHelp } from '../../../dialects/words.js';
import { DOT_COMMANDS } from '../dot/dot-commands.js';
import { COMMAND_HELP } from '../help-text.js';

/** What may follow the line, and what the parameter at its end means. Empty when nothing is known. */
export function hintFor(line: string): string {
  if (line.startsWith('.')) return dotHint(line);
  if (line.length < 3) return '';
  const typed = line.toUpperCase();
  const begun = COMMAND_HELP.filter(({ syntax }) => fixedPart(syntax).toUpperCase().startsWith(typed));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined) return `${only.syntax.slice(line.length)}  ${only.about}`;
  if (begun.length > 1) return '';
  const called = COMMAND_HELP.find(({ syntax }) => isCall(syntax, typed));
  return called === undefined ? '' : parameterHint(called, line);
}

function dotHint(line: string): string {
  const found = DOT_COMMANDS.filter(({ name }) => name.startsWith(line) || line.startsWith(`${name} `));
  const [only] = found;
  if (found.length !== 1 || only === undefined) return '';
  if (line.length >= only.name.length)
    return line.trim() === only.name ? `  ${only.usage.slice(only.name.length + 1)}  ${only.about}` : '';
  return `${only.name.slice(line.length)}  ${only.about}`;
}

/** The command line as far as it is always the same. */
function fixedPart(syntax: string): string {
  const parameter = syntax.search(/["<[]/);
  return parameter < 0 ? syntax : syntax.slice(0, parameter);
}

function isCall(syntax: string, typed: string): boolean {
  const fixed = fixedPart(syntax).toUpperCase();
  return fixed !== syntax.toUpperCase() && typed.startsWith(fixed);
}

/** `<port>: 1–65535`, for the parameter that is typed now. */
function parameterHint({ syntax, fields = [] }: CommandHelp, line: string): string {
  const names = [...syntax.matchAll(/<([^>]+)>/g)].map(([, name = '']) => name);
  const name = names[parameterAt(line.slice(fixedPart(syntax).length))];
  const meaning = fields.find(([field]) => field === name)?.[1];
  return name === undefined ? '' : `  <${name}>${meaning === undefined ? '' : ` ${meaning}`}`;
}

/** Commas outside quotes: V.250 5.4.2. */
function parameterAt(list: string): number {
  return list.replace(/"[^"]*("|$)/g, '').split(',').length - 1;
}
