import type { Duplex } from 'node:stream';
import type { ClientSettings } from '../../client/options.js';
import type { SessionOptions } from '../../dialects/dialect.js';
import type { DialectWords } from '../../dialects/words.js';
import type { Modem } from '../../modem/modem.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import type { Registration } from '../../modem/registration.js';
import type { TrialSession } from './broker/trial-session.js';
import type { Finding, StepName } from './finding.js';
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
  /** What is said about the dialect of that profile. */
  readonly words: DialectWords;
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

export function hasBroker({ settings }: Plan): boolean {
  return settings !== undefined;
}

/** Throws if there are none: the step does not say that it needs them. */
export function settingsOf({ settings }: Plan): ClientSettings {
  if (settings === undefined) throw new Error('doctor: a step needs a broker');
  return settings;
}

/** One thing to look at. */
export interface Step {
  readonly name: StepName;
  /** For people, a word or two. */
  readonly title: string;
  /** Steps without which this one cannot be; left out if one of them failed. Those that do not apply do not count. */
  readonly needs: readonly StepName[];
  /** Whether there is anything to look at at all; default yes. */
  applies?(plan: Plan): boolean;
  /** A rejection with a `ModemError` is a failure too. */
  examine(patient: Patient): Promise<Finding>;
}

/** Settings that the start-up changes, as they were; undefined is what the module does not tell. */
export interface Habits {
  /** `AT+CMEE`: TS 27.007 9.1. */
  readonly errorReporting: 0 | 1 | 2 | undefined;
  /** `AT+CEREG`: TS 27.007 10.1.22. */
  readonly registrationReporting: 0 | 1 | 2 | undefined;
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
class Slot<T> {
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
