import { CommanderError } from 'commander';
import { createProgram } from './program.js';

/** `--profile` was the module's until profiles came. */
const OLD_MODULE_OPTION = /^error: unknown option '--profile[='\s]/;

const UNKNOWN_WITH_VALUE = /^(error: unknown option '(-[^=]*))=.*'/s;

/** What is wrong with the command line, from commander's words, which may hold the value of a misspelt password. */
export function usageText(message: string, args: readonly string[]): string {
  const text = withoutValue(message, args).replace(/^error: |\.$/g, '');
  const module = OLD_MODULE_OPTION.test(message) ? '; the module is chosen with --module nt26 or nt35e' : '';
  return `${text}${module}; --help shows what there is`;
}

/** `--name=value` without the value, which could be a password; commander compares both with the options it knows. */
function withoutValue(message: string, args: readonly string[]): string {
  const [, words, flag] = UNKNOWN_WITH_VALUE.exec(message) ?? [];
  if (words === undefined || flag === undefined) return message;
  return `${words}=***'${suggestionFor(flag, args)}`;
}

/** What commander proposes for the flag alone: `(Did you mean --port?)` on a line of its own, or nothing. */
function suggestionFor(flag: string, args: readonly string[]): string {
  const bare = args.map((arg) => (arg.startsWith(`${flag}=`) ? flag : arg));
  try {
    createProgram(() => {}).parse(bare, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return /\n\(Did you mean .*\)$/.exec(error.message)?.[0] ?? '';
  }
  return '';
}
