import type { Command, Option } from 'commander';

/** What is to be completed. `typed` is what stands there already. */
type Place =
  | { readonly kind: 'option'; readonly typed: string }
  /** `prefix` is what the word has in front of the value, e.g. `--port=`. */
  | { readonly kind: 'value'; readonly option: Option; readonly prefix: string; readonly typed: string }
  /** The name of a command if the command has any, else its argument of this index. */
  | { readonly kind: 'word'; readonly index: number; readonly typed: string; readonly mayBeOption: boolean };

/** Where in the command line the cursor is. */
export interface Cursor {
  /** The innermost command that the words in front of the cursor name. */
  readonly command: Command;
  /** Options of that command that were given in front of the cursor. */
  readonly given: ReadonlySet<Option>;
  readonly place: Place;
}

/** Follows the words as commander would; the last one is under the cursor. */
export function findCursor(program: Command, words: readonly string[]): Cursor {
  const typed = words.at(-1) ?? '';
  let command = program;
  let given = new Set<Option>();
  let index = 0;
  let open: Option | undefined;
  let onlyWords = false;
  for (const word of words.slice(0, -1)) {
    if (open !== undefined) {
      const taken = open.required || !word.startsWith('-');
      open = undefined;
      if (taken) continue;
    }
    if (!onlyWords && word.length > 1 && word.startsWith('-')) {
      onlyWords = word === '--';
      const found = optionsOf(command, word);
      for (const { option } of found) given.add(option);
      const last = found.at(-1);
      if (last !== undefined && takesValue(last.option) && last.attached === undefined) open = last.option;
      continue;
    }
    const inner = command.commands.find((child) => child.name() === word || child.aliases().includes(word));
    if (inner === undefined) {
      index += 1;
      continue;
    }
    [command, given, index] = [inner, new Set(), 0];
  }
  const place = placeOf(command, typed, open, onlyWords, index);
  return { command, given, place };
}

function placeOf(
  command: Command,
  typed: string,
  open: Option | undefined,
  onlyWords: boolean,
  index: number,
): Place {
  if (open !== undefined && (open.required || !typed.startsWith('-'))) {
    return { kind: 'value', option: open, prefix: '', typed };
  }
  if (onlyWords || !typed.startsWith('-')) return { kind: 'word', index, typed, mayBeOption: !onlyWords };
  const last = optionsOf(command, typed).at(-1);
  if (last?.attached === undefined) return { kind: 'option', typed };
  const prefix = typed.slice(0, typed.length - last.attached.length);
  return { kind: 'value', option: last.option, prefix, typed: last.attached };
}

/** The options in a word: `--name`, `--name=value`, `-n`, `-nvalue`, `-vn`; none if one of them is not known. */
function optionsOf(
  command: Command,
  word: string,
): readonly { readonly option: Option; readonly attached?: string }[] {
  if (word.startsWith('--')) {
    const [, name, value] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const option = command.options.find(({ long }) => long === name);
    return option === undefined ? [] : [value === undefined ? { option } : { option, attached: value }];
  }
  const option = command.options.find(({ short }) => short === word.slice(0, 2));
  if (option === undefined) return [];
  const rest = word.slice(2);
  if (rest === '') return [{ option }];
  if (takesValue(option)) return [{ option, attached: rest }];
  return [{ option }, ...optionsOf(command, `-${rest}`)];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}
