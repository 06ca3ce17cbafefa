import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WORDS } from '../../decode/dialect-words.js';
import { DOT_COMMANDS } from '../dot/dot-commands.js';
import { COMMAND_HELP } from '../help-text.js';
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
