import { readings, STRANGE_QUOTE } from './lookalikes.js';
import { NAMED_SECRET, namedValue } from './named-secrets.js';
import { MANY_NAMES, type Part, SECRET_COMMANDS, type SecretCommand } from './secret-commands.js';

const MASK = '***';

const PLACES: readonly SecretCommand[] = [
  ...SECRET_COMMANDS,
  // A registration: JSON in a downlink or quoted in an error, or the fields of a form
  { pattern: NAMED_SECRET, secret: (rest, name) => namedValue(name, rest) },
  // The downlink that brings a secret or a token, in any form
  { pattern: `/ext/reg(?:ister|nwl)["${STRANGE_QUOTE}][ \\t]*,`, secret: (rest) => [0, rest.length] },
];

/** Most lines have none of them: this is what they cost. */
const HAS_PLACE = new RegExp(PLACES.map(({ pattern }) => pattern).join('|'), 'i');
const ANY_PLACE = new RegExp(PLACES.map(({ pattern }) => `(${pattern})`).join('|'), 'gi');

const LINE_END = /[\r\n]/;

const QUOTED = `(?:"[^"\\r\\n]*"|'[^'\\r\\n]*'|${STRANGE_QUOTE}[^${STRANGE_QUOTE}\\r\\n]*${STRANGE_QUOTE})`;
const NEXT = '[ \\t]*[,;.][ \\t]*';

/** Three parameters in quotes in a row, whatever the name: that of a command that carries a secret may be garbled. */
const THREE = `(?:\\d|${QUOTED})${NEXT}${QUOTED}${NEXT}${QUOTED}${NEXT}(?=["'${STRANGE_QUOTE}])`;
const HAS_THREE_QUOTED = new RegExp(THREE);
const THREE_QUOTED = new RegExp(THREE, 'g');

/**
 * The text with passwords, device secrets and PINs replaced by `***`, also where a command that carries one is written
 * nearly right: better too much than a secret in a log.
 */
export function maskSecrets(text: string): string {
  const parts: Part[] = [];
  for (const { text: seen, origin } of readings(text)) {
    for (const [from, to] of secretParts(seen)) parts.push([origin(from), origin(to)]);
  }
  if (parts.length === 0) return text;
  let masked = '';
  let end = 0;
  for (const [from, to] of joined(parts)) {
    masked += text.slice(end, from) + MASK;
    end = to;
  }
  return masked + text.slice(end);
}

function secretParts(text: string): Part[] {
  const named = HAS_PLACE.test(text) ? namedParts(text) : [];
  return HAS_THREE_QUOTED.test(text) ? [...named, ...thirdParts(text)] : named;
}

function namedParts(text: string): Part[] {
  const parts: Part[] = [];
  let hidden = 0;
  for (const found of text.matchAll(ANY_PLACE)) {
    if (found.index < hidden) continue;
    const name = found[0];
    const start = found.index + name.length;
    const rest = text.slice(start, lineEnd(text, start));
    const place = PLACES[found.findIndex((group, at) => at > 0 && group !== undefined) - 1];
    const part = place?.secret(rest, name);
    if (part === undefined) continue;
    hidden = start + part[1];
    parts.push([start + part[0], hidden]);
  }
  return parts;
}

function thirdParts(text: string): Part[] {
  const parts: Part[] = [];
  for (const { 0: before, index } of text.matchAll(THREE_QUOTED)) {
    const lineStart = Math.max(text.lastIndexOf('\r', index), text.lastIndexOf('\n', index)) + 1;
    if (MANY_NAMES.test(text.slice(lineStart, index + 1))) continue;
    parts.push(thirdQuoted(text, index + before.length));
  }
  return parts;
}

/** From the quote at `open` on: as far as the closing one if that ends the line, else the whole line. */
function thirdQuoted(text: string, open: number): Part {
  const end = lineEnd(text, open);
  const rest = text.slice(open + 1, end);
  const close = text[open] === '"' ? /"(?:$|: .*|\s+|\\[rn].*)$/.exec(rest)?.index : undefined;
  return [open + 1, close === undefined ? end : open + 1 + close];
}

function lineEnd(text: string, from: number): number {
  const length = text.slice(from).search(LINE_END);
  return length < 0 ? text.length : from + length;
}

/** In order, those that touch as one. */
function joined(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const [from, to] of [...parts].sort((one, other) => one[0] - other[0])) {
    const last = all.at(-1);
    if (last === undefined || from > last[1]) all.push([from, to]);
    else all[all.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return all;
}
