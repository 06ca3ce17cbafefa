import type { Behaviour, Task } from './behaviours/behaviour.js';

/** A basic command or an S-parameter, V.250 5.3; spaces are ignored. */
const BASIC = /^(?:S ?\d+ ?(?:\?|= ?\d*)?|&? ?[A-Z] ?\d*)/i;

/** Index behind a payload that a command counts, or undefined; as `SimulatedDialect.payloadEnd`. */
type PayloadEnd = (command: string) => number | undefined;

/**
 * The commands of a line, each with an `AT` of its own: basic ones follow each other with nothing or spaces between
 * them, an extended one ends at a `;` or with the line. V.250 5.2.1. The line begins with AT.
 */
export function commandsIn(line: string, payloadEnd: PayloadEnd): string[] {
  const commands: string[] = [];
  let rest = withoutSeparators(line.slice(2));
  while (rest !== '') {
    const length = BASIC.exec(rest)?.[0].length ?? extendedLength(rest, payloadEnd);
    commands.push(`AT${rest.slice(0, length).trimEnd()}`);
    rest = withoutSeparators(rest.slice(length));
  }
  return commands.length === 0 ? ['AT'] : commands;
}

function withoutSeparators(text: string): string {
  return text.replace(/^[ ;]+/, '');
}

/** As far as the first `;` outside of quotes; a payload that is counted may hold both. */
function extendedLength(text: string, payloadEnd: PayloadEnd): number {
  const counted = payloadEnd(text);
  let index = counted !== undefined && text[counted] === '"' ? counted + 1 : 0;
  for (let quoted = false; index < text.length; index += 1) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === ';' && !quoted) break;
  }
  return index;
}

/** `AT` alone, a basic command (V.250 5.3) or an extended one (5.4), by name. */
const NAME = /^AT([+^#$%*][A-Z]+|&?[A-Z]?)/i;

/** Finds the behaviour for a command, which begins with AT. */
export class CommandTable {
  readonly #byName: ReadonlyMap<string, readonly Behaviour[]>;

  constructor(behaviours: readonly Behaviour[]) {
    const names = new Set(behaviours.map(({ name }) => name));
    this.#byName = new Map([...names].map((name) => [name, behaviours.filter((one) => one.name === name)]));
  }

  /** The task that the line asks for, or undefined if no command or none of its forms matches. */
  understand(line: string): Task | undefined {
    const name = NAME.exec(line)?.[1]?.toUpperCase() || 'AT';
    for (const behaviour of this.#byName.get(name) ?? []) {
      const task = behaviour.understand(line);
      if (task !== undefined) return task;
    }
    return undefined;
  }
}
