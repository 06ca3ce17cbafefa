import { ArgumentError } from '../../../errors/kinds.js';
import { maskSecrets } from '../../../errors/secrets.js';
import { type Scope, scopeFault } from './scope.js';
import { parseScriptLine, type ScriptLine } from './script-lines.js';
import type { Send, Statement } from './statements.js';

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
      'a statement of a script (see .help .run)',
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
