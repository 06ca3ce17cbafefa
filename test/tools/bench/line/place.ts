import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import { delay } from '../../../../src/util/delay.js';
import { FixturePort } from '../../shared/fixture-port.js';
import { type FloorPlan, type ModuleLog, now } from './floor-messages.js';

/** bit/s of the module's UART. */
const BAUD_RATE = 115_200;

/** ms before its first answer at which the port of a USB module is there [A]. */
const USB_LEAD = 1_000;

/** `<stat>` of +CEREG: TS 27.007 10.1.22. */
const SEARCHING = 2;
const HOME = 1;

type Log = { -readonly [Key in keyof ModuleLog]: ModuleLog[Key] } & {
  commands: { at: number; line: string }[];
};

/** One port of the line, and the hand that changes its modules in no time. */
export class Place {
  readonly #plan: FloorPlan;
  readonly #broker: string;
  readonly #index: number;
  readonly #fixture = new FixturePort();
  readonly #tell: (log: ModuleLog) => void;
  #put = 0;
  #module: SimulatedModem | undefined;
  #log: Log | undefined;

  constructor(plan: FloorPlan, broker: string, index: number, tell: (log: ModuleLog) => void) {
    this.#plan = plan;
    this.#broker = broker;
    this.#index = index;
    this.#tell = tell;
  }

  get url(): string {
    return this.#fixture.url;
  }

  /** The URL is known from here on; a USB port vanishes again until there is a module. */
  async open(): Promise<void> {
    await this.#fixture.appear();
    if (this.#plan.socket === 'usb') await this.#fixture.vanish();
  }

  /** Takes the module off and switches the next one on; nothing but the first if all are done. */
  async next(): Promise<void> {
    const { socket, times } = this.#plan;
    await this.takeOff();
    if (this.#put === this.#plan.unitsPerPort) return;
    this.#put += 1;
    const module = await this.#make();
    const poweredOn = now();
    this.#module = module;
    this.#log = { kind: 'module', port: this.#index, poweredOn, booted: 0, registered: 0, commands: [] };
    this.#record(module, this.#log);
    const name = module.url.replace(/^memory:/, '');
    if (socket === 'serial') this.#fixture.put(name);
    // From here on it is deaf until it has booted.
    module.reboot();
    if (socket === 'mute') this.#fixture.put(name);
    if (socket !== 'usb') return;
    await delay(Math.max(0, times.start - USB_LEAD));
    this.#fixture.put(name);
    await this.#fixture.appear();
  }

  async takeOff(): Promise<void> {
    const module = this.#module;
    if (module === undefined) return;
    this.#module = undefined;
    this.#fixture.put(undefined);
    if (this.#plan.socket === 'usb') await this.#fixture.vanish();
    await module.close();
    if (this.#log !== undefined) this.#tell(this.#log);
  }

  async close(): Promise<void> {
    await this.takeOff();
    await this.#fixture.close();
  }

  #make(): Promise<SimulatedModem> {
    const { answer, times, unitsPerPort } = this.#plan;
    const number = this.#index * unitsPerPort + this.#put;
    return SimulatedModem.start({
      broker: this.#broker,
      baudRate: BAUD_RATE,
      identity: { imei: imeiOf(number), iccid: `8986${String(number).padStart(16, '0')}` },
      network: { registration: SEARCHING },
      // SUBSCRIBE takes one round trip; the result of PUBLISH and the answer of the cloud come after another one.
      latency: { boot: times.start, response: answer, roundTrip: times.proof / 2 },
    });
  }

  /** LMQTTCONN takes a round trip as well, and LMQTTOPEN the rest of what both take. */
  #record(module: SimulatedModem, log: Log): void {
    const { proof, connect, registration } = this.#plan.times;
    const opening = `late-result=${connect - proof}`;
    module.on('booted', () => {
      log.booted = now();
      setTimeout(() => {
        log.registered = now();
        module.setNetwork({ registration: HOME });
      }, registration).unref();
    });
    module.on('command', (line) => {
      log.commands.push({ at: now(), line: line.replace(/=.*/, '=…') });
      if (line.startsWith('AT+LMQTTOPEN=')) module.faults.on(opening);
      if (line.startsWith('AT+LMQTTCONN=')) module.faults.off(opening);
    });
  }
}

/** 15 digits with a right check digit: TS 23.003 B.2. */
function imeiOf(number: number): string {
  const body = `8613260${String(number).padStart(7, '0')}`;
  const sum = [...body].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
