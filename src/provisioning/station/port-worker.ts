import type { Modem } from '../../modem/modem.js';
import { delay } from '../../util/delay.js';
import { failureOf } from '../failures.js';
import { callAfter, untilDeparted, waitForModule } from './module-wait.js';
import { reasonOf } from './reasons.js';
import type { StationSettings } from './station-options.js';
import { portName, type StationPort } from './station-port.js';
import type { PortStatus, UnitOutcome, UnitResult } from './station-types.js';
import { Unit, type UnitEnd } from './unit.js';
import type { UnitRecords } from './unit-records.js';

interface WorkerHandlers {
  status(status: PortStatus): void;
  result(result: UnitResult): void;
  note(sentence: string): void;
}

/** What the operator does after a unit that did not fail. */
const ACTIONS: Readonly<Record<Exclude<UnitOutcome, 'failed'>, string>> = {
  passed: 'Take the module off and put the next one on.',
  already: 'It was verified before. Take the module off and put the next one on.',
  checked: 'Nothing speaks against it. Take the module off and put the next one on.',
};

/** Works on one module after the other at one port. */
export class PortWorker {
  readonly #place: StationPort;
  readonly #settings: StationSettings;
  readonly #records: UnitRecords;
  readonly #handlers: WorkerHandlers;
  readonly #told = new Set<string>();
  #status: PortStatus;

  constructor(place: StationPort, settings: StationSettings, records: UnitRecords, handlers: WorkerHandlers) {
    this.#place = place;
    this.#settings = settings;
    this.#records = records;
    this.#handlers = handlers;
    this.#status = idle(place);
  }

  get status(): PortStatus {
    return this.#status;
  }

  /** Works until the signal fires, or, with `once`, until a module has its result. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    let done = false;
    while (!stop.aborted && !done) {
      this.#change(idle(this.#place));
      const modem = await this.#nextModule(stop);
      if (modem === undefined) {
        if (!stop.aborted) this.#note(`${portName(this.#place)}: no module came within ${this.#waitText()}`);
        break;
      }
      try {
        done = await this.#serve(modem, stop);
      } finally {
        await modem.close();
      }
    }
    if (this.#status.result === undefined) this.#change(idle(this.#place));
  }

  #waitText(): string {
    return `${(this.#settings.wait ?? 0) / 1000} s`;
  }

  /** Undefined when the station stops, or with `once` when the time to wait is over. */
  #nextModule(stop: AbortSignal): Promise<Modem | undefined> {
    const { modem, pollInterval: interval, once, wait } = this.#settings;
    const limited = once && wait !== undefined;
    const signal = limited ? AbortSignal.any([stop, AbortSignal.timeout(wait)]) : stop;
    const waiting = (note: string): void => {
      if (note !== this.#status.note) this.#change({ note });
    };
    const { port } = this.#place;
    const options = { wakeAfter: callAfter(interval), ...modem(port, portName(this.#place)) };
    return waitForModule(port, { ...options, signal, interval }, waiting);
  }

  /** The modules at an open port, one after the other, until there is none; true with `once` after the first result. */
  async #serve(modem: Modem, stop: AbortSignal): Promise<boolean> {
    const { once, pollInterval: interval } = this.#settings;
    for (;;) {
      const since = Date.now();
      const start = performance.now();
      this.#change({ ...idle(this.#place), phase: 'identifying', since });
      const end = await this.#work(modem, stop);
      if (end === undefined) {
        // A module that restarts again and again must not keep the processor busy.
        await delay(interval, stop);
        return false;
      }
      this.#finish(end, Math.round(performance.now() - start));
      if (once) return true;
      const good = end.outcome !== 'failed';
      const facts = { imei: this.#status.imei, iccid: end.iccid, good };
      const departure = await untilDeparted(modem, facts, { interval, signal: stop });
      if (departure !== 'other') return false;
    }
  }

  async #work(modem: Modem, stop: AbortSignal): Promise<UnitEnd | undefined> {
    const unit = new Unit({ place: this.#place, modem }, this.#settings, this.#records, {
      changed: (changes) => this.#change(changes),
      note: (sentence) => this.#note(sentence),
    });
    try {
      return await unit.run(stop);
    } catch (error) {
      return { outcome: 'failed', reason: reasonOf(error, this.#status.phase), tries: this.#status.tries };
    }
  }

  #finish({ outcome, reason, tries }: UnitEnd, elapsed: number): void {
    const { imei, deviceName } = this.#status;
    const action = outcome === 'failed' ? failureOf(reason?.code ?? '').action : ACTIONS[outcome];
    const unit = { outcome, imei, deviceName, reason, action, elapsed, tries };
    const result: UnitResult = { ...this.#place, ...unit };
    this.#change({ phase: 'finished', note: undefined, result });
    this.#handlers.result(result);
  }

  /** Each sentence once: what is true of every module need not be told hundreds of times. */
  #note(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#handlers.note(sentence);
  }

  #change(changes: Partial<PortStatus>): void {
    this.#status = { ...this.#status, ...changes };
    this.#handlers.status(this.#status);
  }
}

function idle(place: StationPort): PortStatus {
  return {
    ...place,
    phase: 'waiting',
    imei: undefined,
    deviceName: undefined,
    since: undefined,
    tries: 1,
    note: undefined,
    result: undefined,
  };
}
