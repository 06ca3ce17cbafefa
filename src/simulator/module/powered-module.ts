import type { RegistrationLocation } from '../../at/commands/registration.js';
import type { Line } from '../../at/line.js';
import { CIRCUIT_REGISTRATION_CHANGED, REGISTRATION_CHANGED } from '../../at/urcs.js';
import { withGeneral } from './behaviours/behaviours.js';
import { locationOf } from './behaviours/network.js';
import { CommandTable } from './command-line.js';
import { CommandProcessor } from './command-processor.js';
import type { FaultSwitches } from './faults/fault-switches.js';
import type { Identity } from './identity.js';
import type { ModuleContext } from './module-context.js';
import { Air, type AirLatency } from './mqtt/air.js';
import { BrokerRoute, type BrokerRouteOptions } from './mqtt/broker-route.js';
import { type Loss, MqttStack } from './mqtt/mqtt-stack.js';
import { isRegistered, type NetworkState, withoutCoverage } from './network.js';
import { PendingResults } from './pending-results.js';
import { commandDefaults, powerOnRegisters, type Registers } from './registers.js';
import type { PoweredDialect, PowerUpOptions, SimulatedDialect } from './simulated-dialect.js';
import { lineBytes } from './wire.js';

/** What stays the same from one power-on to the next. */
export interface ModuleSetup extends PowerUpOptions {
  readonly dialect: SimulatedDialect;
  readonly identity: Identity;
  /** Whether echo is on after power-on. */
  readonly echo: boolean;
  /** ms; `response` from a command line to its prompt or final result code. */
  readonly latency: AirLatency & { readonly response: number };
  readonly route: BrokerRouteOptions;
}

/** What a module needs from outside, and what it tells. */
export interface Surroundings {
  readonly setup: ModuleSetup;
  readonly faults: FaultSwitches;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** The network as it is now. */
  network(): NetworkState;
  send(bytes: Buffer): void;
  command(line: string): void;
  connected(clientId: string): void;
  disconnected(): void;
  published(topic: string, payload: Buffer): void;
  received(topic: string, payload: Buffer): void;
  restart(functionality: Registers['functionality']): void;
  powerOff(): void;
}

/** A module from power-on to power-off: whatever a restart forgets lives here. */
export class PoweredModule implements ModuleContext {
  readonly registers: Registers;
  readonly pending = new PendingResults();
  readonly stack: MqttStack;
  readonly #surroundings: Surroundings;
  readonly #dialect: PoweredDialect;
  readonly #air: Air;
  readonly #processor: CommandProcessor;
  readonly #timers = new Set<NodeJS.Timeout>();
  #toldStat: number;

  constructor(surroundings: Surroundings, functionality: Registers['functionality']) {
    const { setup, random, faults } = surroundings;
    this.#surroundings = surroundings;
    this.registers = { ...powerOnRegisters(setup.echo), functionality };
    this.#toldStat = this.location(0).stat;
    this.#air = new Air(setup.latency, random);
    const reachable = () => !faults.ask((fault) => fault.unreachable);
    this.stack = new MqttStack(new BrokerRoute(setup.route, reachable), {
      connected: (clientId) => surroundings.connected(clientId),
      disconnected: () => this.#onDisconnected(),
      message: (topic, payload) => this.#air.carry(() => this.#onMessage(topic, payload)),
      lost: (loss) => this.#air.carry(() => this.#onLost(loss)),
    });
    this.#dialect = setup.dialect.powerUp(this, setup);
    const table = new CommandTable(withGeneral(this.#dialect.behaviours));
    this.#processor = new CommandProcessor(this, table, {
      dialect: setup.dialect,
      responseLatency: setup.latency.response,
      send: (bytes) => surroundings.send(bytes),
      taken: (line) => surroundings.command(line),
      report: (line, due) => {
        const withheld = this.#dialect.withholdsResult();
        this.after(faults.ask((fault) => fault.resultDelay) ?? 0, () =>
          this.#air.carry(() => {
            due();
            if (!withheld) this.#send(line);
          }),
        );
      },
    });
  }

  get identity(): Identity {
    return this.#surroundings.setup.identity;
  }

  get network(): NetworkState {
    const network = this.#surroundings.network();
    return this.faults.ask((fault) => fault.outOfCoverage) ? withoutCoverage(network) : network;
  }

  get faults(): FaultSwitches {
    return this.#surroundings.faults;
  }

  location(n: 0 | 1 | 2): RegistrationLocation {
    return locationOf(this.registers, this.network, n);
  }

  get registered(): boolean {
    return isRegistered(this.location(0).stat);
  }

  receive(bytes: Buffer): void {
    this.#processor.receive(bytes);
  }

  /** Cuts the power: nothing more is sent, and the broker sees the connection break. */
  cut(): void {
    this.#processor.stop();
    this.#air.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.stack.close();
    this.#air.clear();
  }

  published(topic: string, payload: Buffer): void {
    this.#surroundings.published(topic, payload);
  }

  after(ms: number, action: () => void): void {
    if (ms === 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  restoreDefaults(): void {
    Object.assign(this.registers, commandDefaults(this.#surroundings.setup.echo));
  }

  radioChanged(): void {
    const { registrationReporting, circuitReporting } = this.registers;
    const { stat } = this.location(0);
    if (!this.registered) this.stack.drop('network');
    if (stat === this.#toldStat) return;
    this.#toldStat = stat;
    if (registrationReporting > 0)
      this.#send(REGISTRATION_CHANGED.format(this.location(registrationReporting)));
    if (circuitReporting > 0)
      this.#send(CIRCUIT_REGISTRATION_CHANGED.format(this.location(circuitReporting)));
  }

  /** The server's end of the connection breaks. */
  dropBroker(): void {
    this.stack.drop('server');
  }

  /** The connection of the session is dead at both ends, and the module does not know. */
  freezeSession(): void {
    this.stack.freeze();
  }

  restart(functionality: Registers['functionality']): void {
    this.#surroundings.restart(functionality);
  }

  powerOff(): void {
    this.#surroundings.powerOff();
  }

  #onMessage(topic: string, payload: Buffer): void {
    if (this.stack.state === 'closed') return;
    this.#surroundings.received(topic, payload);
    this.#send(this.#dialect.message(topic, payload));
  }

  #onLost(loss: Loss): void {
    if (!this.faults.ask((fault) => fault.hidesLoss)) this.#send(this.#dialect.lost(loss));
  }

  /** What was not answered before the session ended is never answered: its result does not come [A]. */
  #onDisconnected(): void {
    this.pending.clear();
    this.#surroundings.disconnected();
  }

  #send(line: Line): void {
    this.#surroundings.send(lineBytes(line));
  }
}
