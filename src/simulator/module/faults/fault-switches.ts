import { ArgumentError } from '../../../errors/kinds.js';
import { seededRandom } from '../../../util/random.js';
import type { Fault, FaultDefinition, FaultTarget } from './fault.js';
import { LINE_FAULTS, POWER_FAULTS, SESSION_FAULTS } from './line-faults.js';
import { runTiming, splitTiming, type Timing } from './timing.js';

/** Every fault of a module, with those of its dialect. Where several shape the output, the first one here does so first. */
export function faultsWith(own: readonly FaultDefinition[]): readonly FaultDefinition[] {
  return [...LINE_FAULTS, ...own, ...SESSION_FAULTS, ...POWER_FAULTS];
}

interface Active {
  /** As it was switched on, e.g. `split=3`. */
  readonly spec: string;
  readonly definition: FaultDefinition;
  readonly fault: Fault;
}

interface Scheduled {
  /** As it was switched on, e.g. `reboot%30s`. */
  readonly spec: string;
  readonly definition: FaultDefinition;
  readonly stop: () => void;
}

interface FaultSurroundings {
  /** Those that there are. */
  readonly definitions: readonly FaultDefinition[];
  readonly target: FaultTarget;
  /** Decides whatever a fault leaves to chance, and when those happen that come by chance. */
  readonly seed: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** A fault was switched on or off, by hand or by the clock. */
  changed(spec: string, on: boolean): void;
}

/** The faults of one module, switched by name at any time, or by the clock. */
export class FaultSwitches {
  readonly #surroundings: FaultSurroundings;
  #active: readonly Active[] = [];
  #scheduled: readonly Scheduled[] = [];

  constructor(surroundings: FaultSurroundings) {
    this.#surroundings = surroundings;
  }

  /** What is on, as it was switched on. */
  get active(): readonly string[] {
    return this.#active.map(({ spec }) => spec);
  }

  /** What the clock switches, as it was asked for. */
  get scheduled(): readonly string[] {
    return this.#scheduled.map(({ spec }) => spec);
  }

  /**
   * Switches on `name` or `name=parameter`; anew if it is on. With a time behind it the clock does so: `@5s` once in
   * 5 s, `%30s` about every 30 s, and `+2s` behind either switches off again after 2 s. Throws an `ArgumentError`.
   */
  on(spec: string): void {
    const { fault: plain, timing } = splitTiming(String(spec));
    const definition = this.#definitionOf(plain, spec);
    const fault = this.#create(plain, definition);
    if (timing === undefined) this.#begin({ spec, definition, fault });
    else this.#schedule(spec, plain, definition, timing);
  }

  /** Switches off `name=parameter`, or all of that `name`, and takes it from the clock. */
  off(spec: string): void {
    const meant = (one: Active | Scheduled) => one.spec === spec || one.definition.name === spec;
    this.#unschedule(meant);
    this.#end(meant);
  }

  clear(): void {
    this.#unschedule(() => true);
    this.#end(() => true);
  }

  /** The clock switches nothing any more; what is on stays on. */
  stop(): void {
    this.#unschedule(() => true);
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
      if (fault.transmit !== undefined) pieces = pieces.flatMap((piece) => fault.transmit?.(piece) ?? []);
    }
    return pieces;
  }

  /** What the module gets of bytes from the TE. */
  hear(bytes: Buffer): Buffer {
    if (this.ask(({ hung }) => hung)) return Buffer.alloc(0);
    return this.#active.reduce((heard, { fault }) => fault.receive?.(heard) ?? heard, bytes);
  }

  #definitionOf(plain: string, spec: string): FaultDefinition {
    const { definitions } = this.#surroundings;
    const [name, argument] = splitSpec(plain);
    const definition = definitions.find((known) => known.name === name);
    if (definition === undefined || (argument !== undefined && definition.parameter === undefined)) {
      throw new ArgumentError('fault', JSON.stringify(spec), `one of ${definitions.map(usage).join(', ')}`);
    }
    return definition;
  }

  #create(plain: string, definition: FaultDefinition): Fault {
    return definition.create(splitSpec(plain)[1], this.#surroundings.random);
  }

  #begin(one: Active): void {
    const { definition, spec, fault } = one;
    this.#end((other) => (definition.repeatable ? other.spec === spec : other.definition === definition));
    if (!definition.momentary)
      this.#active = [...this.#active, one].sort((a, b) => this.#rank(a) - this.#rank(b));
    this.#surroundings.changed(spec, true);
    fault.begin?.(this.#surroundings.target);
  }

  #rank({ definition }: Active): number {
    return this.#surroundings.definitions.indexOf(definition);
  }

  #end(meant: (one: Active) => boolean): void {
    const ended = this.#active.filter(meant);
    this.#active = this.#active.filter((one) => !ended.includes(one));
    for (const { spec, fault } of ended) {
      this.#surroundings.changed(spec, false);
      fault.end?.(this.#surroundings.target);
    }
  }

  #schedule(spec: string, plain: string, definition: FaultDefinition, timing: Timing): void {
    checkDuration(spec, definition, timing);
    this.#unschedule((one) => one.spec === spec);
    // Numbers of its own: when it comes does not depend on what else is left to chance.
    const stop = runTiming(timing, seededRandom(this.#surroundings.seed + hashOf(spec)), {
      on: () => this.#begin({ spec: plain, definition, fault: this.#create(plain, definition) }),
      off: () => this.#end((one) => one.spec === plain),
    });
    this.#scheduled = [...this.#scheduled, { spec, definition, stop }];
  }

  #unschedule(meant: (one: Scheduled) => boolean): void {
    for (const one of this.#scheduled) if (meant(one)) one.stop();
    this.#scheduled = this.#scheduled.filter((one) => !meant(one));
  }
}

/** How a fault is written. */
export function usage({ name, parameter = '' }: FaultDefinition): string {
  return name + parameter;
}

/** What happens and is over takes no duration; what comes again must have ended before. */
function checkDuration(spec: string, { momentary }: FaultDefinition, { kind, duration }: Timing): void {
  if (momentary && duration !== undefined) {
    throw new ArgumentError('fault', JSON.stringify(spec), 'without a duration, as it happens and is over');
  }
  if (momentary === undefined && kind === 'repeated' && duration === undefined) {
    throw new ArgumentError('fault', JSON.stringify(spec), `followed by a duration, as in ${spec}+2s`);
  }
}

function splitSpec(spec: string): [string, string | undefined] {
  const equals = spec.indexOf('=');
  return equals < 0 ? [spec, undefined] : [spec.slice(0, equals), spec.slice(equals + 1)];
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
