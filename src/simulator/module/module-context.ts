import type { RegistrationLocation } from '../../at/commands/registration.js';
import type { FaultSwitches } from './faults/fault-switches.js';
import type { Identity } from './identity.js';
import type { MqttStack } from './mqtt/mqtt-stack.js';
import type { NetworkState } from './network.js';
import type { PendingResults } from './pending-results.js';
import type { Registers } from './registers.js';

/** What a behaviour sees of the module that it belongs to. */
export interface ModuleContext {
  readonly identity: Identity;
  readonly network: NetworkState;
  readonly registers: Registers;
  readonly stack: MqttStack;
  readonly pending: PendingResults;
  readonly faults: FaultSwitches;
  /** What `+CEREG` or `+CREG` tells with this `<n>`: the network's state as far as radio and SIM let it through. */
  location(n: 0 | 1 | 2): RegistrationLocation;
  /** Whether the module is registered, at home or roaming. */
  readonly registered: boolean;
  /** Tells the tests of a publish that was handed to the broker. */
  published(topic: string, payload: Buffer): void;
  /** Calls back in `ms`, unless the module is restarted first. */
  after(ms: number, action: () => void): void;
  /** Brings back the settings of power-on that commands have changed, but for radio and SIM. */
  restoreDefaults(): void;
  /** The radio, or what it finds, changed. */
  radioChanged(): void;
  /** Restarts with this `<fun>` of `+CFUN`. */
  restart(functionality: Registers['functionality']): void;
  powerOff(): void;
}
