import type { Command } from '../../../at/command.js';

/** A declaration whatever its arguments and its value are. */
export type AnyCommand = Command<unknown, unknown>;

/** Name and meaning of a parameter, with its range. */
export type FieldHelp = readonly [name: string, meaning: string];

/** What people have to know to type a command line. */
export interface HelpWords {
  readonly about: string;
  /** The command line with its parameters by name, e.g. `AT+IPR=<rate>`. */
  readonly syntax: string;
  /** A line that the declaration reads. */
  readonly example: string;
  readonly fields?: readonly FieldHelp[];
  /** Where it is said, with its evidence. */
  readonly source: string;
}

export interface CommandHelp extends HelpWords {
  readonly command: AnyCommand;
}

export function commandHelp<A, V>(command: Command<A, V>, words: HelpWords): CommandHelp {
  return { ...words, command };
}
