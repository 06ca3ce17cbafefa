import type { Expectation, Pattern, Statement } from './statements.js';
import { namesIn, substitute } from './variables.js';

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
