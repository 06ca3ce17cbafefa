import type { Command } from '../../at/command.js';
import type { Line } from '../../at/line.js';
import type { Urc } from '../../at/urc.js';

/** What a command line asks for, and what its answers mean. */
export interface Asked {
  /** In words, e.g. `open a connection to broker.example:1883`. */
  readonly text: string;
  /** Whether a result URC follows the final result code. */
  readonly twoStage: boolean;
  /** Whether the line is an answer to it, and what it means; the text is undefined when there are no words for it. */
  answer(line: Line): { readonly text: string | undefined } | undefined;
}

/** One declaration with its words. */
export interface Meaning {
  /** Undefined when the command line is another one. */
  ask(line: string): Asked | undefined;
  /** A line that nobody has asked for; undefined when it is none of this declaration's. */
  tell(line: Line): string | undefined;
}

export interface Words<A, V> {
  asks(args: A): string;
  /** `args` is undefined when the request was not seen. */
  answers?(value: V, args: A | undefined): string | undefined;
}

/** The words of a command: both directions are read by its declaration. */
export function meaningOf<A, V>(command: Command<A, V>, { asks, answers }: Words<A, V>): Meaning {
  const { request, response, result } = command;
  const valueIn = (line: Line): V | undefined => {
    if (result !== undefined) return result.urc.parse(line);
    return response.parse([line]);
  };
  return {
    ask: (line) => {
      const args = request.parse(line);
      if (args === undefined) return undefined;
      return {
        text: asks(args),
        twoStage: result !== undefined,
        answer: (answer) => {
          const owned = response === undefined || response.bare === true || response.owns(answer.text);
          const value = owned ? valueIn(answer) : undefined;
          if (value === undefined || result?.matches(args, value) === false) return undefined;
          return { text: answers?.(value, args) };
        },
      };
    },
    tell: (line) => {
      // Text without a prefix means something only as an answer.
      const value = /^[+^]/.test(line.text) ? valueIn(line) : undefined;
      return value === undefined ? undefined : answers?.(value, undefined);
    },
  };
}

/** The words of a URC. */
export function urcMeaning<T>(urc: Urc<T>, words: (value: T) => string | undefined): Meaning {
  return {
    ask: () => undefined,
    tell: (line) => {
      const value = urc.parse(line);
      return value === undefined ? undefined : words(value);
    },
  };
}
