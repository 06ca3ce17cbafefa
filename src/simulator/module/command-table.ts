import type { Behaviour, Task } from './behaviours/behaviour.js';

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
