import type { InformationResponse } from '../command.js';
import { informationParameters, informationText, type Parameter } from '../parameters.js';

/** What stands behind `<name>: ` in one line, in both directions. */
interface LineFormat<V> {
  parse(parameters: readonly Parameter[]): V | undefined;
  format(value: V): string;
}

/** An information text response of exactly one line `<name>: …`. */
export function oneLine<V>(name: string, line: LineFormat<V>): InformationResponse<V> {
  const parse = parserOf(name, line);
  return {
    format: (value) => [{ text: `${name}: ${line.format(value)}` }],
    parse: ([first, ...rest]) => (first === undefined || rest.length > 0 ? undefined : parse(first.text)),
    owns: (text) => parse(text) !== undefined,
  };
}

/** An information text response of any number of lines `<name>: …`, none included. */
export function manyLines<V>(name: string, line: LineFormat<V>): InformationResponse<readonly V[]> {
  const parse = parserOf(name, line);
  return {
    format: (values) => values.map((value) => ({ text: `${name}: ${line.format(value)}` })),
    parse: (lines) => {
      const values = lines.map(({ text }) => parse(text));
      return values.every((value) => value !== undefined) ? (values as V[]) : undefined;
    },
    owns: (text) => parse(text) !== undefined,
  };
}

/**
 * Text without a prefix (TS 27.007 5.1); several lines are joined by LF. Some firmware puts `<name>: ` before it,
 * which is taken off. A line that starts as a URC does is one that nobody declared: it is left out.
 */
export function bareText(name: string): InformationResponse<string> {
  const plain = (text: string) => informationText(text, name) ?? text;
  return {
    bare: true,
    format: (value) => value.split('\n').map((text) => ({ text })),
    parse: (lines) => {
      const texts = lines.map(({ text }) => plain(text)).filter((text) => text !== '' && !/^[+^]/.test(text));
      return texts.length > 0 ? texts.join('\n') : undefined;
    },
    owns: (text) => informationText(text, name) !== undefined,
  };
}

/** A number of `min` to `max` digits on a line of its own; `<name>: ` before it and quotes around it are tolerated. */
export function bareDigits(name: string, min: number, max: number): InformationResponse<string> {
  const pattern = new RegExp(`^"?(\\d{${min},${max}})"?$`);
  const digits = (text: string) => pattern.exec(informationText(text, name) ?? text)?.[1];
  return {
    format: (value) => [{ text: value }],
    parse: (lines) => lines.map(({ text }) => digits(text)).find((value) => value !== undefined),
    owns: (text) => digits(text) !== undefined,
  };
}

function parserOf<V>(name: string, line: LineFormat<V>): (text: string) => V | undefined {
  return (text) => {
    const parameters = informationParameters(text, name);
    return parameters === undefined ? undefined : line.parse(parameters);
  };
}
