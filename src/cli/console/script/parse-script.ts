import { ArgumentError } from '../../../errors/kinds.js';
import { maskSecrets } from '../../../errors/secrets.js';
import { didYouMean } from '../../../util/did-you-mean.js';
import { dotNames } from '../dot/dot-names.js';
import { type Pattern, type Scope, type Send, type Statement, scopeFault } from './statements.js';

type Numbered = ScriptLine & { readonly line: number };

/**
 * Reads a whole script. Throws an `ArgumentError` that names the first line with a fault: a word that is not known, a
 * `repeat` without `end`, an expression that is none, a variable that is never set. Pure.
 */
export function parseScript(text: string, name: string): readonly Statement[] {
  const refuse = (line: number, fault: string): never => {
    throw new ArgumentError(
      `${name}, line ${line}`,
      maskSecrets(fault),
      'a statement of a script',
      `${name}, line ${line}: ${maskSecrets(fault)}`,
    );
  };
  const lines: Numbered[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const parsed = parseScriptLine(raw);
    if (typeof parsed === 'string') refuse(index + 1, parsed);
    else if (parsed !== undefined) lines.push({ ...parsed, line: index + 1 });
  }
  const statements = new Assembly(lines, refuse).block(undefined);
  checkScope(statements, { names: new Set(), groups: 0 }, refuse);
  return statements;
}

type Refuse = (line: number, fault: string) => never;

/** Puts lines together: data and expectations belong to the line that is sent before them. */
class Assembly {
  readonly #lines: readonly Numbered[];
  readonly #refuse: Refuse;
  #at = 0;

  constructor(lines: readonly Numbered[], refuse: Refuse) {
    this.#lines = lines;
    this.#refuse = refuse;
  }

  /** Up to the `end` of a `repeat`, or to the end of the script. */
  block(opened: number | undefined): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      const line = this.#take();
      if (line === undefined) {
        if (opened !== undefined) this.#refuse(opened, 'repeat has no end');
        return statements;
      }
      if (line.kind === 'end') {
        if (opened === undefined) this.#refuse(line.line, 'end has no repeat');
        return statements;
      }
      statements.push(this.#statement(line));
    }
  }

  #take(): Numbered | undefined {
    const line = this.#lines[this.#at];
    this.#at += 1;
    return line;
  }

  #statement(line: Exclude<Numbered, { readonly kind: 'end' }>): Statement {
    if (line.kind === 'repeat') return { ...line, body: this.block(line.line) };
    if (line.kind === 'send') return this.#send(line.line, line.text);
    if (line.kind === 'data') return this.#refuse(line.line, 'data belongs behind the line that asks for it');
    return line as Statement;
  }

  #send(line: number, text: string): Send {
    const next = this.#lines[this.#at];
    const data = next?.kind === 'data' ? { line: next.line, text: next.text } : undefined;
    if (data !== undefined) this.#at += 1;
    const expectations = [];
    for (let one = this.#lines[this.#at]; one?.kind === 'expect'; one = this.#lines[this.#at]) {
      expectations.push({ line: one.line, pattern: one.pattern });
      this.#at += 1;
    }
    return { kind: 'send', line, text, data, expectations };
  }
}

function checkScope(statements: readonly Statement[], scope: Scope, refuse: Refuse): void {
  for (const statement of statements) {
    if (statement.kind === 'repeat') checkScope(statement.body, scope, refuse);
    const fault = scopeFault(statement, scope);
    if (fault !== undefined) refuse(fault.line, fault.fault);
  }
}

/** One line of a script by itself, before the lines are put together. */
type ScriptLine =
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
function parseScriptLine(raw: string): ScriptLine | string | undefined {
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
