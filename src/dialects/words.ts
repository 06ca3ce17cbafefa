import { isUtf8 } from 'node:buffer';
import type { Command, Nothing, OneStageCommand } from '../at/command.js';
import type { CountedHeader, Line } from '../at/line.js';
import type { Urc } from '../at/urc.js';
import type { MqttError } from '../errors/kinds.js';
import { maskSecrets } from '../errors/secrets.js';
import { escapeBytes } from '../util/escape.js';

/** How downlinks look on the wire. */
export interface DownlinkShape {
  /** Heads of downlinks whose payload is counted. */
  readonly counted: readonly CountedHeader[];
  /** What they mean, before all other lines that nobody has asked for: in this shape they look like some of those. */
  readonly meanings: readonly Meaning[];
}

/** Everything that console, traces and doctor say about the commands of a dialect. */
export interface DialectWords {
  /** Every command, those of the vendor that are not for MQTT among them. */
  readonly commands: readonly AnyCommand[];
  /** Every URC that is not the result of a command. */
  readonly urcs: readonly Urc<unknown>[];
  /** The words of commands. */
  readonly meanings: readonly Meaning[];
  /** The words of URCs, the strictest shapes first. */
  readonly unasked: readonly Meaning[];
  /** How downlinks come before any command line says otherwise. */
  readonly downlinks: DownlinkShape;
  /** How they come from this command line on; undefined: it changes nothing. */
  downlinksAfter(line: string): DownlinkShape | undefined;
  /**
   * Index of the end of a command line whose first line end is at `first`: that one, or the first of `ends` after a
   * payload that the line counts. -1: the rest of the payload has not come.
   */
  lineEnd(text: string, first: number, ends: RegExp): number;
  /** What a command line and its result URC have in common; undefined for lines that are neither. */
  resultKey(text: string): string | undefined;
  /** Whether the value of a result URC tells of success. */
  isSuccess(value: unknown): boolean;
  readonly help: readonly CommandHelp[];
  /** What a command line could go on with, inside a parameter: the candidates, and the part that they replace. */
  complete(line: string): readonly [candidates: readonly string[], typed: string] | undefined;
  /** A command line of the dialect that shows much of its help. */
  readonly example: string;
  /** What the module says of its session. */
  readonly sessionState: {
    readonly command: OneStageCommand<Nothing, unknown>;
    words(value: unknown): string | undefined;
    /** Whether there is one. */
    isConnected(value: unknown): boolean;
  };
  /** What kept the module from the broker, as far as its code tells: the name is not known, or no PDP context. */
  obstacleOf(error: MqttError): 'name' | 'pdp' | undefined;
  /** What an earlier program may have left in the module, by the setting that it refused to switch off. */
  readonly leftBehind: Readonly<Record<string, string>>;
  /** For modules with two slots: the question which one is selected, and the lines that select the other. */
  readonly simSlots?: { readonly query: string; readonly select: string } | undefined;
  /** By name. */
  readonly profiles: Readonly<Record<string, ProfileWords>>;
  /** Of a module that no dialect knows, taken for one of this dialect: what it may be, and how to find out. */
  readonly unknownModule: { readonly cause: string; readonly next: string };
}

/** What is said about a profile. */
export interface ProfileWords {
  /** Its limits in words. */
  readonly limits: string;
  /** What a module is treated by that is taken for it. */
  readonly assumed: string;
  /** Bytes. */
  readonly facts: Readonly<Record<string, number>>;
}

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

/** Characters of a payload that are shown. */
const SHOWN = 60;

/** A downlink in words. */
export function messageWords(message: { readonly topic: string; readonly payload: Buffer }): string {
  return `message on ${message.topic}: ${payloadWords(message.payload)}`;
}

/** Length and beginning of a payload: text where it is some, else hex; secrets masked. */
export function payloadWords(payload: Buffer): string {
  if (payload.length === 0) return 'empty';
  const bytes = `${payload.length} ${payload.length === 1 ? 'byte' : 'bytes'}`;
  const text = maskSecrets(payload.toString('utf8'));
  const shown = isUtf8(payload) && /^[^\p{Cc}]*$/u.test(text) ? text : hexadecimal(payload);
  return `${bytes}, ${shortened(shown)}`;
}

function hexadecimal(payload: Buffer): string {
  const masked = Buffer.from(maskSecrets(payload.toString('latin1')), 'latin1');
  if (!masked.equals(payload)) return escapeBytes(masked);
  return payload
    .subarray(0, SHOWN)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
}
