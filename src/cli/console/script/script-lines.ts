import { didYouMean } from '../../../util/did-you-mean.js';
import { dotNames } from '../dot/dot-names.js';
import type { Pattern } from './statements.js';

/** One line of a script by itself, before the lines are put together. */
export type ScriptLine =
  | { readonly kind: 'send' | 'data' | 'dot'; readonly text: string }
  | { readonly kind: 'expect'; readonly pattern: Pattern }
  | { readonly kind: 'timeout' | 'wait'; readonly ms: number }
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'repeat'; readonly count: number }
  | { readonly kind: 'end' };

const WORDS = ['expect', 'timeout', 'wait', 'set', 'repeat', 'end', 'data', 'send'];

const MAX_REPEATS = 1_000_000;
const MAX_DURATION = 24 * 3600_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** The line, or what is wrong with it; undefined for an empty line and a comment. */
export function parseScriptLine(raw: string): ScriptLine | string | undefined {
  const text = raw.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  if (/^at/i.test(text)) return { kind: 'send', text };
  if (text.startsWith('.')) return dotLine(text);
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === 'expect') return expectLine(rest);
  if (word === 'timeout' || word === 'wait') {
    const ms = duration(rest);
    return ms === undefined
      ? `${word} needs a time such as 500ms, 5s or 2m, not "${rest}"`
      : { kind: word, ms };
  }
  if (word === 'set') return setLine(rest);
  if (word === 'repeat') {
    const count = /^\d+$/.test(rest) ? Number(rest) : Number.NaN;
    if (count >= 1 && count <= MAX_REPEATS) return { kind: 'repeat', count };
    return `repeat needs a number from 1 to ${MAX_REPEATS}, not "${rest}"`;
  }
  if (word === 'end') return rest === '' ? { kind: 'end' } : `nothing may stand behind end: "${rest}"`;
  if (word === 'data' || word === 'send') {
    return rest === '' ? `${word} needs what is to be sent` : { kind: word, text: rest };
  }
  const near = didYouMean(word, WORDS);
  const hint =
    near === undefined ? 'put send in front of a line that does not begin with AT' : `did you mean ${near}?`;
  return `"${word}" is not known; ${hint}`;
}

function dotLine(text: string): ScriptLine | string {
  const name = text.split(/\s/)[0] ?? '';
  if (dotNames().includes(name)) return { kind: 'dot', text };
  const near = didYouMean(name, dotNames());
  return `there is no command ${name}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** `/expression/flags`, or a text that the line contains. */
function expectLine(rest: string): ScriptLine | string {
  if (rest === '') return 'expect needs a text or /an expression/';
  const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/.exec(rest) ?? [];
  if (source === undefined) {
    if (rest.startsWith('/')) return `the expression ${rest} is not closed with a /`;
    return { kind: 'expect', pattern: { kind: 'text', text: rest } };
  }
  if (/[^imsu]/.test(flags)) return `the flags of an expression are i, m, s and u, not "${flags}"`;
  return { kind: 'expect', pattern: { kind: 'regex', source, flags } };
}

function setLine(rest: string): ScriptLine | string {
  const [, name, value = ''] = /^([A-Za-z_]\w*)(?:\s+=?\s*|=\s*|$)(.*)$/.exec(rest) ?? [];
  return name === undefined ? `set needs a name and a value, not "${rest}"` : { kind: 'set', name, value };
}

/** ms of `500ms`, `5s`, `1.5 m`. */
function duration(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text) ?? [];
  const ms = number === undefined ? Number.NaN : Math.round(Number(number) * (UNITS[unit] ?? Number.NaN));
  return ms >= 1 && ms <= MAX_DURATION ? ms : undefined;
}
