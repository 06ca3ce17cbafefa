import type { Refusal } from '../../../simulator/module/behaviours/behaviour.js';
import type { ModuleContext } from '../../../simulator/module/module-context.js';
import type { SignLogin } from '../../../simulator/module/simulated-dialect.js';
import { CONNECTION_ID } from '../limits.js';
import type { Profile } from '../profiles.js';
import type { Downlinks } from './downlinks.js';
import type { LmqttFault } from './faults.js';
import type { Settings } from './settings.js';

/** What the commands of LMQTT share in a module that is on. */
export interface LmqttModule {
  readonly module: ModuleContext;
  readonly profile: Profile;
  readonly settings: Settings;
  readonly downlinks: Downlinks;
  readonly signLogin: SignLogin;
  /** The first answer of a fault that is on. */
  ask<T>(question: (fault: LmqttFault) => T | undefined): T | undefined;
}

/** TS 27.007 9.2.1. */
export const NOT_ALLOWED = 3;
export const NOT_FOUND = 22;
export const INCORRECT_PARAMETERS = 50;

/** `<tcpconnectID>` is 0 to 4, but only 0 is served: lmqtt.md 1 [M]; how another is refused is not known [A]. */
export function foreignConnection(id: number): Refusal | undefined {
  return id === CONNECTION_ID ? undefined : 'ERROR';
}

/** Without a session: `+CME ERROR: 3` [A, as for a publish that is refused, M]. */
export function withoutSession({ module: { stack } }: LmqttModule): Refusal | undefined {
  return stack.session === undefined ? NOT_ALLOWED : undefined;
}
