const NAMED: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };

/**
 * Bytes as one readable line: printable ASCII as it is; `\r`, `\n`, `\t`, `\\` and `\xNN` for the rest.
 * A string is taken as latin1, one character a byte.
 */
export function escapeBytes(bytes: Uint8Array | string): string {
  return latin1(bytes).replace(
    /[^\x20-\x5b\x5d-\x7e]/g,
    (char) => NAMED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function latin1(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
}

/** A byte that stands there 32 times or more, or what lies between two such runs. */
const RUN_OR_REST = /(.)\1{31,}|(?:(?!(.)\2{31,}).)+/gs;

/**
 * As `escapeBytes`, but shorter for people: a byte that stands there 32 times or more, and such runs that come again and
 * again with the same bytes behind them, stand there once: `\{63*\x1b}`, `\{64*\{63*\x1b}\r}`. A backslash in front of a
 * brace is in no data, so `unescapeBytes` takes this too.
 */
export function foldBytes(bytes: Uint8Array | string): string {
  const parts = (latin1(bytes).match(RUN_OR_REST) ?? []).map(foldedRun);
  let folded = '';
  for (let at = 0; at < parts.length; ) {
    const [run = '', rest = ''] = parts.slice(at, at + 2);
    let times = 1;
    while (parts[at + 2 * times] === run && parts[at + 2 * times + 1] === rest) times += 1;
    if (rest === '' || times === 1) {
      folded += run;
      at += 1;
    } else {
      folded += `\\{${times}*${withinFold(run)}${withinFold(rest)}}`;
      at += 2 * times;
    }
  }
  return folded;
}

/** A part of `RUN_OR_REST`; only a run has 32 characters that are all one. */
function foldedRun(part: string): string {
  const [first = ''] = part;
  if (part.length < 32 || part !== first.repeat(part.length)) return escapeBytes(part);
  return `\\{${part.length}*${withinFold(escapeBytes(first))}}`;
}

/** A part within a fold: a brace of its own would end that. */
function withinFold(part: string): string {
  return part.startsWith('\\{') ? part : part.replaceAll('}', '\\x7d');
}

/** Bytes that folds of one text may stand for: more than any that was folded; a text may be made to fill the memory. */
const MAX_UNFOLDED = 65_536;

/** The innermost fold. */
const FOLD = /\\\{(?<=(?:^|[^\\])(?:\\\\)*\\\{)(\d{1,5})\*((?:[^\\}]|\\[^{])+)\}/g;

/** The inverse of `escapeBytes` and of `foldBytes`. */
export function unescapeBytes(text: string): Buffer {
  const plain = unfolded(text).replace(/\\(?:x([0-9a-fA-F]{2})|([rnt\\]))/g, (_all, hex, name) =>
    hex === undefined
      ? ({ r: '\r', n: '\n', t: '\t', '\\': '\\' }[name as 'r' | 'n' | 't' | '\\'] as string)
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

/** A text whose folds stand for too much stays as it is. */
function unfolded(text: string): string {
  let open = text;
  // Folds lie within folds, one deep.
  for (let depth = 0; depth < 2 && open.includes('\\{'); depth += 1) {
    let length = open.length;
    const sizes = [...open.matchAll(FOLD)].map(([, times, unit = '']) => Number(times) * unit.length);
    length += sizes.reduce((sum, size) => sum + size, 0);
    if (length > 4 * MAX_UNFOLDED) return text;
    open = open.replace(FOLD, (_all, times, unit) => unit.repeat(Number(times)));
  }
  return open;
}
