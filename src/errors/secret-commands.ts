import { STRANGE_QUOTE } from './lookalikes.js';

/** A part of a text, by its first place and the one behind its last. */
export type Part = readonly [from: number, to: number];

/** Where a command that carries a secret may be, and what of the rest of its line is secret. */
export interface SecretCommand {
  /** Found in upper and lower case. It ends with the name; what is behind it is looked at by `secret`. */
  readonly pattern: string;
  /**
   * The part of `rest` that must not be shown: at least all of it that could be the secret; undefined if there is none.
   * `rest` goes to the end of the line, `name` is what the pattern found.
   */
  secret(rest: string, name: string): Part | undefined;
}

const Q = `["'${STRANGE_QUOTE}]`;
const B = '[ \\t]*';

/** In place of a character that was lost, changed, or got another one beside it. */
const ODD = `(?:(?:\\\\\\\\|[^ \\t\\r\\n])${B}){0,2}`;

/** What follows the last parameter: nothing, an escaped line end, another command, or the words of an error. */
const LINE_END = `$|\\s+$|\\\\[rn]|;${B}(?:[+^$]|$)`;
const END = `(?=${LINE_END}|: [a-z])`;

/** Asks, with nothing behind: `?`, `=?`. */
const QUERY = new RegExp(`^${B}=?${B}\\?${END}`);

/** Numbers of the results of a command, none of them long enough to be a PIN. */
const RESULT = new RegExp(
  `^${B}(?:[:=]?${B}-?\\d{1,3}(?:${B},${B}-?\\d{1,3}){0,2}${B}${END}|=?${B}(?=${LINE_END}))`,
);

/** A name in a sentence. */
const PROSE = /^(?:[:.,;)?]* [a-z]+(?: [a-z]|[.;:)]|$)(?!.*(?:["'\u201c=]|,\S))|[.,;)]*$)/;

/** Words that an error puts behind the line that it quotes: no secret looks like them. */
const QUOTED_IN_ERROR =
  /: (?:no [a-z ]+ within \d+ ms|the module answered |aborted by the caller|the channel was closed)/;

/** At most two parameters, id and names: nothing that is secret. Quotes or commas in one mean that some are lost. */
const NAMES_ONLY = new RegExp(
  `^[:=] ?\\d{0,3},?(?:"[^",'${STRANGE_QUOTE}]*"(?:,"[^",'${STRANGE_QUOTE}]*")?)?${END}`,
);

/** Two parameters in quotes, then the opening quote of the secret or what is in its place. */
const BEFORE_SECRET = new RegExp(`^[:=] ?\\d*,?"[^"${STRANGE_QUOTE}]*","[^",${STRANGE_QUOTE}]*",`);

/** As both above, for what follows the key of a triple. */
const KEY_ONLY = new RegExp(`^"?(?:,\\d{0,3})?${END}`);
const BEFORE_KEY_SECRET = new RegExp(`^"?,?\\d*,?"[^",${STRANGE_QUOTE}]*","[^",${STRANGE_QUOTE}]*",`);

/** The closing quote of a secret, and the end of the line or the words of an error behind it. */
const AFTER_SECRET = /"(?:$|: .*|\s+|\\[rn].*)$/;

/** Settings that hold no secret: lmqtt.md 2 [M]. */
const HARMLESS_KEYS =
  /^["']?(?:keepalive|session|timeout|version|will|cache|dataformat|(?:send|recv)\/mode|urc|raimode|sslenable|cloud)(?:["']?,|["']?$|["'])/i;

/** All but the `=` in front. */
function all(rest: string): Part {
  const words = QUOTED_IN_ERROR.exec(rest);
  return [/^[=:]? ?/.exec(rest)?.[0].trimEnd().length ?? 0, words?.index ?? rest.length];
}

/** The third parameter in quotes; `before` ends where it begins. */
function third(rest: string, before: RegExp): Part | undefined {
  const open = before.exec(rest)?.[0].length;
  if (open === undefined) return undefined;
  if (rest[open] !== '"') return [open, rest.length];
  const close = AFTER_SECRET.exec(rest.slice(open + 1))?.index;
  return [open + 1, close === undefined ? rest.length : open + 1 + close];
}

/** Whether the name was only the beginning of another one. */
function isWord(rest: string): boolean {
  return /^(?:[a-z]{3}|[a-z]{1,2}(?:[.;)]|[ \t]+[a-z]|:[ \t][a-z]|[ \t]*$))/i.test(rest);
}

/** CONNECT: `=<id>,"clientID","user","password"`. */
function password(rest: string): Part | undefined {
  if (isWord(rest) || QUERY.test(rest) || RESULT.test(rest) || PROSE.test(rest)) return undefined;
  return third(rest, BEFORE_SECRET) ?? (NAMES_ONLY.test(rest) ? undefined : all(rest));
}

/** Behind the key of a triple: `",<id>,"ProductKey","DeviceName","DeviceSecret"`; one that lacks a part may be the secret. */
function deviceSecret(rest: string): Part | undefined {
  if (!/^[ \t]*["'\u201c,=]/.test(rest)) return undefined;
  return third(rest, BEFORE_KEY_SECRET) ?? (KEY_ONLY.test(rest) ? undefined : all(rest));
}

/** A setting by its key; of one that is not known anything may be secret. */
function setting(rest: string, name: string): Part | undefined {
  if (isWord(rest) || QUERY.test(rest) || PROSE.test(rest)) return undefined;
  const [, start = '', behind = ''] = /^([ \t]*[=:]?[ \t]*)(.*)$/.exec(rest) ?? [];
  if (HARMLESS_KEYS.test(behind) || RESULT.test(behind)) return undefined;
  // Others answer the query in another order: AT+ECMTCFG of Eigencomm [M].
  if (/ECM/i.test(name)) return all(rest);
  const key = /^"?[a-z]+(?=")/i.exec(behind)?.[0];
  if (key === undefined) return all(rest);
  const part = deviceSecret(behind.slice(key.length));
  return part && [start.length + key.length + part[0], start.length + key.length + part[1]];
}

/** PINs and passwords of the SIM: all that is written. Answers are words. */
function pin(rest: string): Part | undefined {
  if (QUERY.test(rest) || RESULT.test(rest)) return undefined;
  if (/^[ \t]*=/.test(rest)) return all(rest);
  const told = rest.slice(0, QUOTED_IN_ERROR.exec(rest)?.index);
  return /["'\u201c]|\d[ \t]*\d/.test(told) ? all(rest) : undefined;
}

/** The password of an APN, or of anything: all parameters, in answers too. */
function login(rest: string): Part | undefined {
  if (QUERY.test(rest) || RESULT.test(rest) || PROSE.test(rest)) return undefined;
  // Ranges, the answer to `=?`
  return /^[ \t]*:[-\d,() ]*$/.test(rest) ? undefined : all(rest);
}

/** The name with blanks anywhere. */
function spaced(name: string): string {
  return [...name].join(B);
}

/** The name with one character lost, changed, or one too many, but not the first: as a tree, which fails early. */
function garbled(name: string): string {
  const tree = (at: number): string => {
    const behind = spaced(name.slice(at + 1));
    const next = at + 1 < name.length ? `|${name[at]}${B}${tree(at + 1)}` : '';
    return `(?:${ODD}${behind}${next})`;
  };
  return `${name[0]}${B}${tree(1)}`;
}

/** A name of TS 27.007, garbled only where `+` and `=` show that it is a name. */
function pinCommand(name: string): SecretCommand {
  const set = `(?=${B}=)`;
  return {
    pattern: `${spaced(name)}|\\+${B}(?:${ODD}${spaced(name.slice(1))}|${garbled(name)})${set}`,
    secret: pin,
  };
}

/** Commands that carry secrets, and what nearly is one. */
export const SECRET_COMMANDS: readonly SecretCommand[] = [
  // …CONN of all dialects; the end of it at the start of a line whose first bytes were lost
  {
    pattern: `(?:${spaced('TCONN')}|${spaced('MCONN')}|${garbled('MTCONN')}|${garbled('MQTTCONN')})(?:${B}E${B}C${B}T)?|(?:^|[\\r\\n])(?:C?O?N?N|P?IN)(?=${B}=)`,
    secret: password,
  },
  {
    pattern: `(?:ECM)?${spaced('TCFG')}|${garbled('MQTTCFG')}`,
    secret: setting,
  },
  { pattern: `${spaced('aliauth')}|${spaced('liauth')}|${garbled('aliauth')}`, secret: deviceSecret },
  // TS 27.007 8.3, 7.4, 7.5
  ...['CPIN', 'CLCK', 'CPWD'].map(pinCommand),
  // TS 27.007 10.1.31, and those of vendors
  {
    pattern: `${spaced('CGAUTH')}|\\+${B}(?:${ODD}${spaced('GAUTH')}|${garbled('CGAUTH')})(?=${B}[=:])|[+^$][A-Z]*AUTH[A-Z]*(?=${B}[=:])`,
    secret: login,
  },
  // The APN with its password, and a password by its key: manuals of Quectel and SIMCom [M].
  { pattern: `(?:QICSGP|CSTT)(?=${B}=)|P(?:ASSWO?R?|W)D${Q}(?=${B},)`, secret: login },
];

/** Answers with many texts in quotes, none of them secret: TS 27.007 7.3, 10.1.1, 10.1.23, 7.38. */
export const MANY_NAMES = /\+(?:COPS|CPOL|CGDCONT|CGCONTRDP|CPSMS|QENG|QNWINFO)[ \t]*[=:][^;\r\n]*$/i;
