/**
 * One parameter of an information text response or a command line: V.250 5.4.2. A string keeps the text between
 * its quotes, one character a byte (latin1); a left-out parameter is undefined.
 */
export type Parameter = { readonly quoted: boolean; readonly text: string } | undefined;

/**
 * Splits a parameter list at the commas outside quotes. Returns undefined when a quote is not closed, or when
 * something stands between a closing quote and the next comma.
 */
export function splitParameters(list: string): Parameter[] | undefined {
  const parameters: Parameter[] = [];
  let position = 0;
  for (;;) {
    if (list[position] === '"') {
      const close = list.indexOf('"', position + 1);
      if (close < 0) return undefined;
      parameters.push({ quoted: true, text: list.slice(position + 1, close) });
      position = close + 1;
    } else {
      const comma = list.indexOf(',', position);
      const text = list.slice(position, comma < 0 ? undefined : comma).trim();
      if (text.includes('"')) return undefined;
      parameters.push(text === '' ? undefined : { quoted: false, text });
      position = comma < 0 ? list.length : comma;
    }
    if (position >= list.length) return parameters;
    if (list[position] !== ',') return undefined;
    position += 1;
    if (position === list.length) {
      parameters.push(undefined);
      return parameters;
    }
  }
}

/** The parameter list behind `<name>:` (one space or none), or undefined if the line does not start so. */
export function informationText(line: string, name: string): string | undefined {
  if (!line.startsWith(name) || line[name.length] !== ':') return undefined;
  return line.slice(name.length + (line[name.length + 1] === ' ' ? 2 : 1));
}

/** The parameters behind `<name>:`, or undefined. */
export function informationParameters(line: string, name: string): Parameter[] | undefined {
  const text = informationText(line, name);
  return text === undefined ? undefined : splitParameters(text);
}

/** The whole number that the parameter is, or undefined; quotes and a sign are tolerated. */
export function integerOf(parameter: Parameter): number | undefined {
  if (parameter === undefined || !/^-?\d{1,15}$/.test(parameter.text)) return undefined;
  return Number(parameter.text);
}

/** All parameters as whole numbers, or undefined if one of them is none. */
export function integersOf(parameters: readonly Parameter[] | undefined): number[] | undefined {
  const numbers = parameters?.map(integerOf);
  return numbers?.every((number) => number !== undefined) ? (numbers as number[]) : undefined;
}

/** A wire text (latin1, one character a byte) as the UTF-8 string it carries. */
export function decodeText(wire: string): string {
  return Buffer.from(wire, 'latin1').toString('utf8');
}

/** A string as it stands on the wire: UTF-8, one character a byte (latin1). The inverse of `decodeText`. */
export function encodeText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * The parameters of a set command line `AT<name>=…`, or undefined if the line is another one. V.250 5.4.1: the case
 * of the name does not matter.
 */
export function setParameters(line: string, name: string): Parameter[] | undefined {
  const head = `AT${name}=`;
  if (line.slice(0, head.length).toUpperCase() !== head) return undefined;
  return splitParameters(line.slice(head.length));
}

/** The number that a hexadecimal parameter of at most 8 digits is, quoted or not, or undefined. */
export function hexadecimalOf(parameter: Parameter): number | undefined {
  if (parameter === undefined || !/^[\da-f]{1,8}$/i.test(parameter.text)) return undefined;
  return Number.parseInt(parameter.text, 16);
}

/** Upper case, filled up with zeros to `digits`, default as few as it takes. */
export function toHexadecimal(value: number, digits = 1): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
