import type { Duplex } from 'node:stream';
import type { ClientSettings } from '../../client/options.js';
import type { SessionOptions } from '../../dialects/dialect.js';
import type { Modem } from '../../modem/modem.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import type { Registration } from '../../modem/registration.js';
import type { TrialSession } from './broker/trial-session.js';
import type { StepName } from './finding.js';
import type { Habits } from './module/habits.js';
import type { DeviceFile } from './port/device-file.js';
import type { Target } from './target.js';

/** What is to be examined, and how far. */
export interface Plan {
  readonly target: Target;
  /** Undefined without a broker. */
  readonly settings: ClientSettings | undefined;
  /** Whether the user has named the profile of the module. */
  readonly profileGiven: boolean;
  readonly profile: string;
  /** For the message to itself; by default one made of the client id, or of the device at a cloud. */
  readonly topic: string | undefined;
  readonly publish: boolean;
  readonly modemOptions: OpenModemOptions;
  /** ms in which the module must answer `AT`. */
  readonly startTimeout: number;
  /** ms to wait for the network. */
  readonly registrationTimeout: number;
  /** ms in which a message to itself must be back. */
  readonly roundTripTimeout: number;
  readonly signal: AbortSignal;
}

/** What the steps hand to each other. */
export class Patient {
  readonly plan: Plan;
  readonly device = new Slot<DeviceFile>();
  readonly stream = new Slot<Duplex>();
  /** What `AT` was answered with, latin1. */
  readonly firstAnswer = new Slot<string>();
  readonly modem = new Slot<Modem>();
  readonly habits = new Slot<Habits>();
  readonly registration = new Slot<Registration>();
  /** Where it is looked up for the module. */
  readonly login = new Slot<SessionOptions>();
  readonly session = new Slot<TrialSession>();
  /** Steps that are over, and went well enough for those behind them. */
  readonly passed = new Set<StepName>();

  constructor(plan: Plan) {
    this.plan = plan;
  }
}

/** A thing that one step finds and a later one needs. */
export class Slot<T> {
  #value: T | undefined;

  get value(): T | undefined {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
  }

  /** Throws if no step before has found it: the step does not name all that it needs. */
  get(): T {
    if (this.#value === undefined) throw new Error('doctor: a step lacks what an earlier one finds');
    return this.#value;
  }
}
