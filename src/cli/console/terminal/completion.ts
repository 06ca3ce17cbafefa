import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { COMMAND_LIST } from '../../../at/commands/control.js';
import type { CommandHelp } from '../../../dialects/words.js';
import { WORDS } from '../../decode/dialect-words.js';
import { DOT_COMMANDS } from '../dot/dot-commands.js';
import { COMMAND_HELP } from '../help-text.js';
import type { Session } from '../session.js';
import { type Item, lineOf } from '../traffic.js';
import type { Completion } from './line-editor.js';

const FILE_COMMANDS = ['.run', '.send', '.trace', '.log'];

interface Known {
  /** What the module says that it knows, e.g. `AT+CSQ`. */
  readonly fromModule: readonly string[];
  readonly macros: readonly string[];
}

/** What Tab makes of the line: what it could go on with, and which part of it that replaces. */
export function complete(line: string, { fromModule, macros }: Known): Completion {
  for (const words of WORDS) {
    const [candidates, typed] = words.complete(line) ?? [];
    if (candidates !== undefined && typed !== undefined) return [startingWith(candidates, typed), typed];
  }
  const [, name, argument] = /^(\.\w+)\s+(.*)$/.exec(line) ?? [];
  if (name !== undefined && argument !== undefined) {
    return [startingWith(argumentsOf(name, argument, macros), argument), argument];
  }
  if (line.startsWith('.'))
    return [
      startingWith(
        DOT_COMMANDS.map((command) => `${command.name} `),
        line,
      ),
      line,
    ];
  const known = COMMAND_HELP.map(({ syntax }) => syntax.replace(/["<[].*$/, ''));
  const more = fromModule.filter((command) => !known.some((line) => line.replace(/[?=].*$/, '') === command));
  return [startingWith([...new Set([...known, ...more])], line), line];
}

function startingWith(words: readonly string[], start: string): string[] {
  return words.filter((word) => word.toUpperCase().startsWith(start.toUpperCase()));
}

function argumentsOf(command: string, typed: string, macros: readonly string[]): readonly string[] {
  if (command === '.macro') return macros;
  if (command === '.dtr' || command === '.rts') return ['on', 'off', 'pulse'];
  if (command === '.hex') return ['on', 'off'];
  if (command === '.time') return ['abs', 'delta', 'off'];
  if (command === '.help')
    return [
      ...DOT_COMMANDS.map(({ name }) => name),
      ...COMMAND_HELP.map(({ command }) => `AT${command.name}`),
    ];
  if (command === '.baud') return ['9600', '19200', '38400', '57600', '115200', '230400', '460800', '921600'];
  return FILE_COMMANDS.includes(command) ? files(typed) : [];
}

/** Files and folders that the path could go on with. */
function files(typed: string): string[] {
  const folder = typed.endsWith('/') ? typed : dirname(typed);
  const prefix = typed.endsWith('/') || typed.includes('/') ? folder : '';
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') || basename(typed).startsWith('.'))
      .map((entry) => join(prefix, entry.name) + (entry.isDirectory() ? '/' : ''));
  } catch {
    return [];
  }
}

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

/** ms that the module may take to list its commands: the list is long. */
const LIMIT = 3000;

/**
 * Asks the module which commands it knows: `AT+CLAC`, a line each, TS 27.007 8.37 [D]. Empty when it does not answer, or
 * refuses. Only where lines go out raw: the driver wants the channel for itself.
 */
export async function moduleCommands(session: Session): Promise<readonly string[]> {
  const lines: string[] = [];
  const listener = (item: Item) => void lines.push(lineOf(item) ?? '');
  session.on('hidden', listener);
  try {
    const answer = await session.quietly(() => session.ask('AT+CLAC', { limit: LIMIT, atLimit: 'end' }));
    if (answer.kind !== 'final' || !answer.result.ok) return [];
  } finally {
    session.off('hidden', listener);
  }
  const names = COMMAND_LIST.response.parse(lines.map((text) => ({ text }))) ?? [];
  return names.filter((name) => !/^[A-Z]/i.test(name)).map((name) => `AT${name.toUpperCase()}`);
}
