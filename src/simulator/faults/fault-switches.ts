import { ArgumentError } from '../../errors/kinds.js';
import type { Fault, FaultDefinition } from './fault.js';
import { FAULTS } from './registry.js';

interface Active {
  /** As it was switched on, e.g. `split=3`. */
  readonly spec: string;
  readonly definition: FaultDefinition;
  readonly fault: Fault;
}

/** The faults of one module, switched by name at any time. */
export class FaultSwitches {
  readonly #random: () => number;
  #active: readonly Active[] = [];

  /** `random` gives 0 ≤ x < 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** What is on, as it was switched on. */
  get active(): readonly string[] {
    return this.#active.map(({ spec }) => spec);
  }

  /** Switches on `name` or `name=parameter`; anew if it is on. Throws an `ArgumentError`. */
  on(spec: string): void {
    const [name = '', argument] = splitSpec(spec);
    const definition = FAULTS.find((known) => known.name === name);
    if (definition === undefined || (argument !== undefined && definition.parameter === undefined)) {
      throw new ArgumentError('fault', JSON.stringify(spec), `one of ${FAULTS.map(usage).join(', ')}`);
    }
    const fault = definition.create(argument, this.#random);
    const others = this.#active.filter((one) =>
      definition.repeatable ? one.spec !== spec : one.definition !== definition,
    );
    this.#active = [...others, { spec, definition, fault }].sort(
      (one, other) => FAULTS.indexOf(one.definition) - FAULTS.indexOf(other.definition),
    );
  }

  /** Switches off `name=parameter`, or all of that `name`. */
  off(spec: string): void {
    this.#active = this.#active.filter((one) => one.spec !== spec && one.definition.name !== spec);
  }

  clear(): void {
    this.#active = [];
  }

  /** The first answer that is neither undefined nor false. */
  ask<T>(question: (fault: Fault) => T | undefined): T | undefined {
    for (const { fault } of this.#active) {
      const answer = question(fault);
      if (answer !== undefined && answer !== false) return answer;
    }
    return undefined;
  }

  /** The pieces in which bytes go out. */
  shape(bytes: Buffer): readonly Buffer[] {
    if (this.ask(({ hung }) => hung)) return [];
    let pieces: readonly Buffer[] = [bytes];
    for (const { fault } of this.#active) {
      const { transmit } = fault;
      if (transmit !== undefined) pieces = pieces.flatMap((piece) => transmit(piece));
    }
    return pieces;
  }
}

/** How a fault is written. */
export function usage({ name, parameter = '' }: FaultDefinition): string {
  return name + parameter;
}

function splitSpec(spec: string): [string, string | undefined] {
  const equals = String(spec).indexOf('=');
  return equals < 0 ? [String(spec), undefined] : [spec.slice(0, equals), spec.slice(equals + 1)];
}
