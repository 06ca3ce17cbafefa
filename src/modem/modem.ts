import type { ExecuteOptions } from '../at/command.js';
import { CLOCK } from '../at/commands/clock.js';
import { SET_FUNCTIONALITY } from '../at/commands/control.js';
import { PDP_ADDRESSES } from '../at/commands/pdp.js';
import { ATTACHMENT } from '../at/commands/registration.js';
import {
  NETWORK_SERVICE,
  PACKET_DOMAIN_EVENT,
  REGISTRATION_CHANGED,
  SIM_STATE_CHANGED,
  SYSTEM_MODE,
  TIME_ZONE_CHANGED,
} from '../at/urcs.js';
import type { TransportSource } from '../transport/open.js';
import { clockToDate } from './clock.js';
import { type Identity, readIdentity, readImei } from './identity.js';
import { ifSupported } from './if-supported.js';
import type { Cell, ModuleKind, VendorCommands } from './module-kind.js';
import { ModulePort, type ModulePortOptions } from './module-port.js';
import { requireNetwork, type WaitOptions, waitForRegistration } from './network.js';
import { decodeRegistration, type Registration, readRegistration } from './registration.js';
import { afterReboot, orReboot } from './restart.js';
import { readSignal, type Signal, type SignalOptions } from './signal.js';
import { readSim, type SimStatus, simStatus } from './sim.js';

/**
 * URCs without an event of their own. Declared, they are not mistaken for the answer to a command whose response has
 * no prefix.
 */
const KNOWN_URCS = [PACKET_DOMAIN_EVENT, NETWORK_SERVICE, SYSTEM_MODE, TIME_ZONE_CHANGED] as const;

/**
 * A cellular module as a 3GPP device. `openModem` gives one. All methods reject with a `ModemError`: a refusal of the
 * module with `COMMAND_FAILED`, and see `ModulePort` for restarts and closed ports.
 */
export class Modem extends ModulePort {
  readonly #commands: VendorCommands;

  constructor(source: TransportSource, kind: ModuleKind, options?: ModulePortOptions) {
    super(source, kind, options);
    this.#commands = kind.commands;
    this.onUrc(REGISTRATION_CHANGED, (location) => this.emit('registration', decodeRegistration(location)));
    this.onUrc(SIM_STATE_CHANGED, (state) => this.emit('sim', simStatus(state)));
    for (const urc of KNOWN_URCS) this.onUrc<unknown>(urc, () => {});
  }

  identity(options?: ExecuteOptions): Promise<Identity> {
    return readIdentity(this, this.#commands, options);
  }

  /** The IMEI, 15 digits. */
  imei(options?: ExecuteOptions): Promise<string> {
    return readImei(this, options);
  }

  /** The full name of the firmware. */
  firmware(options?: ExecuteOptions): Promise<string> {
    return this.execute(this.#commands.firmware, null, options);
  }

  /** The ICCID of the SIM, as `iccidOf` reads it. */
  iccid(options?: ExecuteOptions): Promise<string> {
    return this.execute(this.#commands.iccid, null, options);
  }

  sim(options?: ExecuteOptions): Promise<SimStatus> {
    return readSim(this, options);
  }

  registration(options?: ExecuteOptions): Promise<Registration> {
    return readRegistration(this, options);
  }

  /** Rejects with `NOT_REGISTERED` when the time is over. */
  waitForRegistration(options?: WaitOptions): Promise<Registration> {
    return waitForRegistration(this, options);
  }

  /** Resolves when the module can carry data; rejects with `SIM_NOT_READY` or `NOT_REGISTERED`. */
  requireNetwork(options?: WaitOptions): Promise<Registration> {
    return requireNetwork(this, options);
  }

  signal(options?: SignalOptions): Promise<Signal> {
    return readSignal(this, this.#commands.cells, options);
  }

  /** The serving cell and its neighbours. */
  cells(options?: ExecuteOptions): Promise<readonly Cell[]> {
    return this.execute(this.#commands.cells, null, options);
  }

  /** The first IP address that the network gave, or undefined. `0.0.0.0` stands for none. */
  async address(options?: ExecuteOptions): Promise<string | undefined> {
    const contexts = await this.execute(PDP_ADDRESSES, null, options);
    return contexts.flatMap(({ addresses }) => addresses).find((address) => !/^[0.:]+$/.test(address));
  }

  /** The time, or undefined when the module has not got it from the network yet. */
  async clock(options?: ExecuteOptions): Promise<Date | undefined> {
    return clockToDate(await this.execute(CLOCK, null, options));
  }

  /** Whether the module is attached to the packet domain. */
  async attached(options?: ExecuteOptions): Promise<boolean> {
    const { attached } = await this.execute(ATTACHMENT, null, options);
    return attached;
  }

  /** Switches the radio on or off; off ends the registration and every connection. */
  async radio(on: boolean, options?: ExecuteOptions): Promise<void> {
    await this.execute(SET_FUNCTIONALITY, { level: on ? 1 : 0 }, options);
  }

  /**
   * Restarts the module, waits until it is back and runs the start-up; the port stays open. Rejects with
   * `NOT_RESPONDING` if it does not come back, with `COMMAND_FAILED` if it refuses.
   */
  async reset(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const first = { ...options, priority: 'recovery' } as const;
    await afterReboot(this, options.signal, () =>
      this.execute(SET_FUNCTIONALITY, { level: 0, reset: true }, first),
    );
    await this.startUp(options.signal);
    // TS 27.007 8.2: after the reset the level of the command holds, and 0 is radio off; field code does not say.
    await ifSupported(this.execute(SET_FUNCTIONALITY, { level: 1 }, first));
  }

  /** Switches the module off; the port stays open, and a start-up runs when the module sends a boot marker. */
  async powerOff(options?: ExecuteOptions): Promise<void> {
    this.expectPowerDown(true);
    try {
      await orReboot(this.execute(this.#commands.powerOff, null, options));
    } catch (error) {
      this.expectPowerDown(false);
      throw error;
    }
  }
}
