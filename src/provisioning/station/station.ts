import { EventEmitter } from 'node:events';
import type { RunPort, StationRun } from '../ledger/station-run.js';
import { registrationService } from './obtain-triple.js';
import { PortWorker } from './port-worker.js';
import { checkLogin } from './prove-login.js';
import { PortWatch, type StationOptions, type StationSettings, stationSettings } from './station-options.js';
import { parsePort, portKey, portName, type StationPort } from './station-port.js';
import type { PortStatus, StationEvents, StationTotals, UnitResult } from './station-types.js';
import { OpenEnds, type UnitRecords } from './unit-records.js';

/** ms after which the free triples are counted again when somebody asks. */
const COUNT_PERIOD = 1_000;

/**
 * Gives every module at its ports a triple, lets it prove that by a real login, and keeps the books: each step stands in
 * the ledger before it is done, so that a station which is killed at any moment leaves nothing that could be taken for
 * something else. All ports are worked on at once, each at its own pace.
 */
export class Station extends EventEmitter<StationEvents> {
  readonly #settings: StationSettings;
  readonly #workers: PortWorker[] = [];
  readonly #work: Promise<void>[] = [];
  readonly #counts = { passed: 0, already: 0, checked: 0, failed: 0 };
  #left: number | undefined;
  #countedAt = 0;
  #running: Promise<StationTotals> | undefined;

  /** Throws an `ArgumentError`, or what the ledger throws; nothing is opened yet. */
  constructor(options: StationOptions) {
    super();
    this.#settings = stationSettings(options);
    checkLogin(this.#settings);
    if (options.ledger.product() !== undefined) registrationService(this.#settings);
    this.#count();
  }

  /** The rows of all ports, in the order in which they became known. */
  get statuses(): readonly PortStatus[] {
    return this.#workers.map(({ status }) => status);
  }

  get totals(): StationTotals {
    if (performance.now() - this.#countedAt >= COUNT_PERIOD) this.#count();
    return { ...this.#counts, left: this.#left, startedAt: this.#settings.startedAt };
  }

  /**
   * Works until the signal fires, or with `once` until every port (of those that there are at the start) has its result,
   * or has waited for a module for `wait` ms. Units under way end as failed then, with `INTERRUPTED`. Rejects with
   * `LEDGER_BUSY` or `LEDGER_UNUSABLE` if it cannot begin, and with `INVALID_ARGUMENT` if another station has its name or
   * one of its ports. A second call joins the first.
   */
  run(signal: AbortSignal): Promise<StationTotals> {
    this.#running ??= this.#run(signal);
    return this.#running;
  }

  async #run(signal: AbortSignal): Promise<StationTotals> {
    const { ledger, ports, once } = this.#settings;
    const run = this.#enlist();
    const records: UnitRecords = { ledger, run, openEnds: new OpenEnds() };
    try {
      const open = (port: StationPort): void => this.#open(port, records, signal);
      if (!(ports instanceof PortWatch)) for (const port of ports) open(port);
      else if (once) for (const port of await ports.now()) open({ port });
      else await ports.watch(signal, (port) => open({ port }));
      await Promise.all(this.#work);
    } finally {
      this.#close(records);
    }
    this.#count();
    return this.totals;
  }

  /** Undefined in a dry run. */
  #enlist(): StationRun | undefined {
    const { ledger, station, operator, ports, dryRun } = this.#settings;
    const known = ports instanceof PortWatch ? [] : ports.flatMap(runPort);
    if (dryRun) {
      ledger.requireIdlePorts(known);
      return undefined;
    }
    const run = ledger.enlist({ station, operator, ports: known });
    for (const { imei, port, station: dead } of run.takenOver) {
      this.emit(
        'note',
        `station ${dead} ended in the middle of module ${imei} at ${portName(parsePort(port))}: put that on again`,
      );
    }
    return run;
  }

  #open(place: StationPort, records: UnitRecords, signal: AbortSignal): void {
    const worker = new PortWorker(place, this.#settings, records, {
      status: (status) => this.emit('status', status),
      result: (result) => this.#onResult(result),
      note: (sentence) => this.emit('note', sentence),
    });
    this.#workers.push(worker);
    this.#work.push(worker.run(signal));
  }

  #onResult(result: UnitResult): void {
    this.#counts[result.outcome] += 1;
    this.#count();
    this.emit('result', result);
  }

  /** Other stations take triples, and files are imported meanwhile. */
  #count(): void {
    this.#left = this.#free();
    this.#countedAt = performance.now();
  }

  /** The last count, if the ledger does not tell. */
  #free(): number | undefined {
    const { ledger } = this.#settings;
    try {
      return ledger.product() === undefined ? ledger.counts().new : undefined;
    } catch {
      return this.#left;
    }
  }

  #close({ run, openEnds }: UnitRecords): void {
    try {
      openEnds.settle();
      run?.end();
    } catch (error) {
      this.emit('note', `the end of this run is missing in the ledger: ${(error as Error).message}`);
    }
  }
}

/** None for a port within this process. */
function runPort({ port, slot }: StationPort): RunPort[] {
  const key = portKey(port);
  return key === undefined ? [] : [{ key, slot }];
}
