import type { CasePlan, Moment, PlannedFault } from './plan.js';
import type { StationProcess } from './station-process.js';
import type { World } from './world.js';

/** A fault that was there; times are ms since 1970. */
export interface Disturbance {
  readonly fault: PlannedFault;
  /** Undefined: everybody's. */
  readonly imei: string | undefined;
  readonly from: number;
  /** Infinite until it is over. */
  until: number;
}

/** What the faults of a process need. */
interface Strikes {
  /** The station that runs now. */
  readonly station: StationProcess | undefined;
}

/** Brings about the faults of a plan at their moments, and ends them. */
export class Injector {
  readonly disturbances: Disturbance[] = [];
  readonly #world: World;
  readonly #plan: CasePlan;
  readonly #strikes: Strikes;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #pending: Set<PlannedFault>;
  readonly #counts = new Map<string, number>();
  readonly #held = new Set<() => void>();
  #settled: (() => void) | undefined;

  constructor(world: World, plan: CasePlan, strikes: Strikes) {
    this.#world = world;
    this.#plan = plan;
    this.#strikes = strikes;
    this.#pending = new Set(plan.faults);
    const { witness } = world;
    witness.on('command', (imei) => this.#count(`command ${imei}`));
    witness.on('login', () => this.#count('login'));
    witness.on('proof', () => this.#count('proof'));
    witness.on('registration', () => this.#count('registration'));
  }

  /** A station told the result of a unit. */
  result(): void {
    this.#count('result');
  }

  /** Nothing begins any more; resolves when all that was broken is whole again. */
  async end(): Promise<void> {
    this.#pending.clear();
    if (this.#timers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#settled = resolve;
    });
  }

  /** Ends everything at once. */
  stop(): void {
    this.#pending.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const restore of this.#held) restore();
  }

  #count(name: string): void {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    for (const fault of this.#pending) {
      if (this.#nameOf(fault.moment) !== name || fault.moment.count !== count) continue;
      this.#pending.delete(fault);
      this.#after(fault.lag, () => this.#begin(fault));
    }
  }

  #nameOf(moment: Moment): string {
    return moment.at === 'command' ? `command ${this.#world.units[moment.unit]?.imei}` : moment.at;
  }

  #begin(fault: PlannedFault): void {
    const { target } = fault.kind;
    const imei = target.of === 'module' ? this.#world.units[fault.unit]?.imei : undefined;
    const from = Date.now();
    const restore = this.#strike(fault);
    if (restore === undefined) return;
    const disturbance: Disturbance = { fault, imei, from, until: Number.POSITIVE_INFINITY };
    this.disturbances.push(disturbance);
    const end = () => {
      this.#held.delete(end);
      restore();
      disturbance.until = Date.now();
    };
    this.#held.add(end);
    this.#after(fault.hold, end);
  }

  /** Gives what ends the fault; undefined if there was nothing to break. */
  #strike({ kind, unit, count }: PlannedFault): (() => void) | undefined {
    const { target } = kind;
    const { cloud, relays, units } = this.#world;
    switch (target.of) {
      case 'station': {
        const { station } = this.#strikes;
        if (station === undefined || !station.running) return undefined;
        station.signal(target.signal);
        return () => {};
      }
      case 'module': {
        const { faults } = units[unit]?.module ?? {};
        for (const name of target.faults) faults?.on(name);
        return () => {
          for (const name of target.faults) faults?.off(name);
        };
      }
      case 'relay':
        for (const relay of relays) relay[target.break]();
        return () => {
          for (const relay of relays) relay.restore();
        };
      case 'cloud': {
        const spec = target.fault.replace('#', String(count));
        cloud.faults.on(spec);
        return () => cloud.faults.off(spec);
      }
    }
  }

  #after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
      if (this.#timers.size === 0) this.#settled?.();
    }, ms);
    this.#timers.add(timer);
  }

  /** The plan, and what of it has not begun. */
  get waiting(): readonly PlannedFault[] {
    return this.#plan.faults.filter((fault) => this.#pending.has(fault));
  }
}
