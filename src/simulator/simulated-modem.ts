import { EventEmitter } from 'node:events';
import { seededRandom } from '../util/random.js';
import type { SimulatedModemEvents } from './events.js';
import type { FaultTarget } from './module/faults/fault.js';
import { FaultSwitches, faultsWith } from './module/faults/fault-switches.js';
import { changeNetwork, type NetworkState } from './module/network.js';
import { PoweredModule, type Surroundings } from './module/powered-module.js';
import { FULL, type Registers } from './module/registers.js';
import { SerialLine } from './module/serial/serial-line.js';
import { lineBytes } from './module/wire.js';
import { type Setup, type SimulatedModemOptions, setupOf } from './options.js';
import { type Port, servePort } from './ports.js';
import { registerSimScheme } from './sim-url.js';

export type { SimulatedModemEvents } from './events.js';
export type { NetworkState } from './module/network.js';
export type { SimulatedModemOptions } from './options.js';

/**
 * A simulated module: AT commands on its serial port, real MQTT to a real broker. It is switched on at once and
 * stays on while TEs come and go.
 */
export class SimulatedModem extends EventEmitter<SimulatedModemEvents> {
  /** Faults, switched by name at any time. */
  readonly faults: FaultSwitches;
  readonly #setup: Setup;
  readonly #random: () => number;
  readonly #line: SerialLine;
  #network: NetworkState;
  #port: Port | undefined;
  /** Plugging and unplugging, one after the other. */
  #plugging: Promise<void> = Promise.resolve();
  #url = '';
  #module: PoweredModule | undefined;
  #booting: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;

  private constructor(setup: Setup) {
    super();
    this.#setup = setup;
    this.#network = setup.network;
    this.#random = seededRandom(setup.seed);
    this.faults = new FaultSwitches({
      definitions: faultsWith(setup.dialect.faults),
      target: this.#faultTarget(),
      seed: setup.seed,
      random: this.#random,
      changed: (spec, on) => this.emit('fault', spec, on),
    });
    this.#line = new SerialLine(
      {
        baudRate: setup.baudRate,
        shape: (bytes) => this.faults.shape(bytes),
        pieceDelay: () => this.faults.ask((fault) => fault.pieceDelay) ?? 0,
      },
      {
        received: (bytes) => this.#receive(bytes),
        attached: (present) => this.emit(present ? 'attached' : 'detached'),
      },
    );
    this.#module = this.#powerUp(FULL);
  }

  /** Rejects with an `ArgumentError`, `PORT_FAILED`, or `UNSUPPORTED` for a pseudo-terminal without socat. */
  static async start(options: SimulatedModemOptions = {}): Promise<SimulatedModem> {
    const modem = new SimulatedModem(await setupOf(options));
    await modem.plugIn();
    try {
      for (const fault of modem.#setup.faults) modem.faults.on(fault);
    } catch (error) {
      await modem.close();
      throw error;
    }
    return modem;
  }

  /** What a driver opens: `memory:…`, `tcp://…`, or the path of the pseudo-terminal. */
  get url(): string {
    return this.#url;
  }

  /** Pass it as `seed` to have the same random choices again. */
  get seed(): number {
    return this.#setup.seed;
  }

  get network(): NetworkState {
    return this.#network;
  }

  /** Changes SIM, registration or signal; URCs follow as enabled, and without registration the session is lost. */
  setNetwork(changes: Partial<NetworkState>): void {
    this.#network = changeNetwork(this.#network, changes);
    this.#module?.radioChanged();
  }

  /** Breaks the connection to the broker; the module's URC of a lost session follows if there was one. */
  dropBroker(): void {
    this.#module?.dropBroker();
  }

  /** Restarts: the boot line, echo as at power-on; settings and session are gone. Switches on a module that is off. */
  reboot(): void {
    this.#boot(FULL);
  }

  /** The module says so, then silence until `reboot()`. */
  powerOff(): void {
    if (this.#module !== undefined) this.#line.send(lineBytes(this.#setup.dialect.powerDown));
    this.#cutPower();
    this.emit('poweredOff');
  }

  /** The serial port vanishes; the module stays on. Resolves when its URL cannot be opened any more. */
  unplug(): Promise<void> {
    return this.#afterPlugging(async () => {
      const port = this.#port;
      this.#port = undefined;
      await port?.close();
    });
  }

  /** The serial port is back under the same URL. */
  plugIn(): Promise<void> {
    return this.#afterPlugging(async () => {
      if (this.#port !== undefined || this.#closed !== undefined) return;
      this.#port = await servePort(this.#listenUrl(), (stream) => this.#line.attach(stream));
      this.#url = this.#port.url;
    });
  }

  /** A port that is still closing cannot be opened yet. */
  #afterPlugging(next: () => Promise<void>): Promise<void> {
    const done = this.#plugging.then(next);
    this.#plugging = done.catch(() => {});
    return done;
  }

  /** Sends a line unasked; wire text (latin1). */
  emitLine(text: string): void {
    this.#line.send(lineBytes({ text }));
  }

  /** Sends bytes unasked. */
  emitBytes(bytes: Uint8Array): void {
    this.#line.send(Buffer.from(bytes));
  }

  /** Switches off and releases everything; idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.faults.stop();
    this.#cutPower();
    this.#line.clear();
    await this.unplug();
  }

  #listenUrl(): string {
    if (this.#url === '') return this.#setup.listen;
    return this.#url.startsWith('/') ? `pty:${this.#url}` : this.#url;
  }

  #receive(bytes: Buffer): void {
    const heard = this.faults.hear(bytes);
    if (heard.length > 0) this.#module?.receive(heard);
  }

  #boot(functionality: Registers['functionality']): void {
    this.#cutPower();
    if (this.#closed !== undefined) return;
    this.#line.send(this.#setup.dialect.bootLine);
    const finish = (): void => {
      this.#module = this.#powerUp(functionality);
      this.emit('booted');
    };
    const { boot } = this.#setup.latency;
    if (boot === 0) finish();
    else this.#booting = setTimeout(finish, boot);
  }

  /** A reset by command: the module says goodbye first [T]. */
  #softReset(functionality: Registers['functionality']): void {
    this.#line.send(lineBytes(this.#setup.dialect.powerDown));
    this.#boot(functionality);
  }

  #cutPower(): void {
    clearTimeout(this.#booting);
    this.#module?.cut();
    this.#module = undefined;
  }

  #faultTarget(): FaultTarget {
    return {
      reboot: () => this.reboot(),
      powerOff: () => this.powerOff(),
      unplug: () => void this.unplug(),
      plugIn: () => void this.plugIn().catch((error: Error) => this.emit('plugInFailed', error)),
      dropBroker: () => this.dropBroker(),
      freezeSession: () => this.#module?.freezeSession(),
      radioChanged: () => this.#module?.radioChanged(),
    };
  }

  #powerUp(functionality: Registers['functionality']): PoweredModule {
    const surroundings: Surroundings = {
      setup: this.#setup,
      faults: this.faults,
      random: this.#random,
      network: () => this.#network,
      send: (bytes) => this.#line.send(bytes),
      command: (line) => this.emit('command', line),
      connected: (clientId) => this.emit('connected', clientId),
      disconnected: () => this.emit('disconnected'),
      published: (topic, payload) => this.emit('published', topic, payload),
      received: (topic, payload) => this.emit('received', topic, payload),
      restart: (level) => this.#softReset(level),
      powerOff: () => this.powerOff(),
    };
    return new PoweredModule(surroundings, functionality);
  }
}

registerSimScheme((options) => SimulatedModem.start(options));
