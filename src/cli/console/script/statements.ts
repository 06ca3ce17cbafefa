/** What a line of the module must look like: it contains the text, or the expression matches. Variables still in it. */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

export interface Expectation {
  /** Line of the script, from 1. */
  readonly line: number;
  readonly pattern: Pattern;
}

/** A line to send, with what is expected of the answer; without expectations it must be `OK`. */
export interface Send {
  readonly kind: 'send';
  readonly line: number;
  readonly text: string;
  /** What goes behind its prompt. */
  readonly data: { readonly line: number; readonly text: string } | undefined;
  readonly expectations: readonly Expectation[];
}

/** One thing that a script does. */
export type Statement =
  | Send
  | ({ readonly kind: 'expect' } & Expectation)
  /** The limit of what follows, ms. */
  | { readonly kind: 'timeout'; readonly line: number; readonly ms: number }
  | { readonly kind: 'wait'; readonly line: number; readonly ms: number }
  | { readonly kind: 'set'; readonly line: number; readonly name: string; readonly value: string }
  /** A command of the console, e.g. `.connect`. */
  | { readonly kind: 'dot'; readonly line: number; readonly text: string }
  | {
      readonly kind: 'repeat';
      readonly line: number;
      readonly count: number;
      readonly body: readonly Statement[];
    };

/** `${name}`, `${1}`, `${env.NAME}`. */
const PLACE = /\$\{([^}]*)\}/g;

/** Where a value comes from: `set`, a capture, or the environment. */
type Lookup = (name: string) => string | undefined;

/** The text with its variables replaced; `protect` is applied to each value. */
export function substitute(text: string, lookup: Lookup, protect = (value: string) => value): string {
  return text.replace(PLACE, (_all, name: string) => protect(lookup(name) ?? ''));
}

/** The names of the variables in the text. */
function namesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name);
}

/** A value that stands for itself within a regular expression. */
export function regexLiteral(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The values of a run. A capture of the last expression that matched counts by its number, and by its name for good. */
export class Variables {
  readonly #named = new Map<string, string>();
  #captures: readonly string[] = [];

  readonly lookup: Lookup = (name) => {
    const environment = /^env\.(.+)$/.exec(name)?.[1];
    if (environment !== undefined) return process.env[environment];
    if (/^\d+$/.test(name)) return this.#captures[Number(name)];
    return this.#named.get(name);
  };

  set(name: string, value: string): void {
    this.#named.set(name, value);
  }

  capture(match: RegExpExecArray): void {
    this.#captures = [...match].map((value) => value ?? '');
    for (const [name, value] of Object.entries(match.groups ?? {})) this.#named.set(name, value ?? '');
  }
}

/** What may be used so far. */
export interface Scope {
  readonly names: Set<string>;
  /** Captures of the expectation before, by number. */
  groups: number;
}

interface Fault {
  readonly line: number;
  readonly fault: string;
}

/** The first fault of a statement; what it sets is in the scope afterwards. The body of a `repeat` is looked at before. */
export function scopeFault(statement: Statement, scope: Scope): Fault | undefined {
  const { kind, line } = statement;
  if (kind === 'expect') return expectationFault(statement, scope);
  if (kind === 'dot') return unknownName(line, statement.text, scope);
  if (kind === 'set') {
    const fault = unknownName(line, statement.value, scope);
    scope.names.add(statement.name);
    return fault;
  }
  if (kind !== 'send') return undefined;
  const { text, data, expectations } = statement;
  const fault = unknownName(line, text, scope) ?? (data && unknownName(data.line, data.text, scope));
  return fault ?? firstFault(expectations, (one) => expectationFault(one, scope));
}

function firstFault<T>(items: readonly T[], check: (item: T) => Fault | undefined): Fault | undefined {
  for (const item of items) {
    const fault = check(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function expectationFault({ line, pattern }: Expectation, scope: Scope): Fault | undefined {
  const fault = unknownName(line, pattern.kind === 'text' ? pattern.text : pattern.source, scope);
  return fault ?? (pattern.kind === 'regex' ? expressionFault(line, pattern, scope) : undefined);
}

function expressionFault(
  line: number,
  { source, flags }: Extract<Pattern, { readonly kind: 'regex' }>,
  scope: Scope,
): Fault | undefined {
  try {
    // The empty alternative always matches, and tells the groups.
    const match = new RegExp(`${substitute(source, () => 'x')}|`, flags).exec('');
    scope.groups = (match?.length ?? 1) - 1;
    for (const name of Object.keys(match?.groups ?? {})) scope.names.add(name);
    return undefined;
  } catch (error) {
    return { line, fault: (error as Error).message };
  }
}

function unknownName(line: number, text: string, { names, groups }: Scope): Fault | undefined {
  for (const name of namesIn(text)) {
    const environment = /^env\.(.+)$/.exec(name)?.[1];
    if (environment !== undefined) {
      if (process.env[environment] === undefined)
        return { line, fault: `\${${name}} is not in the environment` };
    } else if (/^\d+$/.test(name)) {
      if (Number(name) > groups) return { line, fault: `\${${name}} is captured by no expression before` };
    } else if (!names.has(name)) return { line, fault: `\${${name}} is never set before` };
  }
  return undefined;
}
