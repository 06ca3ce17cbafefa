import Database from 'libsql';
import { imeiAt } from '../../../src/cli/sim/modules.js';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { Histogram, type HistogramSummary } from '../../../src/util/histogram.js';
import { FixturePort } from '../shared/fixture-port.js';
import { type StationLine, StationProcess, stationArgs } from './station-process.js';
import { type StationPlan, stationsVerdict } from './verdict/stations.js';
import { startModule, World } from './world.js';

/** ms between two looks, and for which one waits at most. */
const PROBE_PERIOD = 100;
const PROBE_LIMIT = 10_000;

/** What came of a run. Times in ms. */
export interface StationsReport {
  readonly plan: StationPlan;
  /** From the first result to the last. */
  readonly elapsed: number;
  readonly passed: number;
  /** For which one more writer had to wait. */
  readonly waits: HistogramSummary;
  readonly violations: readonly string[];
}

/** One port of one station, and the module at it. */
interface Place {
  readonly fixture: FixturePort;
  module: SimulatedModem | undefined;
}

/** Several stations at work on one ledger, each module taken off when it has its result. */
export async function runStations(
  plan: StationPlan,
  progress: (done: number) => void = () => {},
): Promise<StationsReport> {
  const { seed, units } = plan;
  const world = await World.start({ seed, way: 'file', units: 0, triples: units, latency: {} });
  const line = new Exchange(world, plan, progress);
  try {
    return await line.run();
  } finally {
    await line.close();
    await world.close();
  }
}

class Exchange {
  readonly #world: World;
  readonly #plan: StationPlan;
  readonly #progress: (done: number) => void;
  readonly #stations: StationProcess[] = [];
  readonly #places: Place[] = [];
  /** When each result came. */
  readonly #times: number[] = [];
  #next = 0;

  constructor(world: World, plan: StationPlan, progress: (done: number) => void) {
    this.#world = world;
    this.#plan = plan;
    this.#progress = progress;
  }

  async run(): Promise<StationsReport> {
    const { stations, ports, limit } = this.#plan;
    const probe = new LockProbe(this.#world.ledger);
    const late = setTimeout(() => this.#end(), limit);
    try {
      for (let index = 0; index < stations; index += 1) {
        await this.#start(`line-${index + 1}`, await this.#fixtures(ports));
      }
      await Promise.all(this.#stations.map(({ ended }) => ended));
    } finally {
      clearTimeout(late);
    }
    const waits = probe.end();
    const [first = 0] = this.#times;
    return {
      ...{ plan: this.#plan, waits, elapsed: (this.#times.at(-1) ?? 0) - first, passed: this.#times.length },
      violations: stationsVerdict(this.#plan, this.#world, this.#stations),
    };
  }

  async close(): Promise<void> {
    for (const station of this.#stations) {
      station.signal('SIGKILL');
      await station.ended;
    }
    for (const { fixture, module } of this.#places) {
      await module?.close();
      await fixture.close();
    }
  }

  async #fixtures(count: number): Promise<FixturePort[]> {
    const fixtures = Array.from({ length: count }, () => new FixturePort());
    await Promise.all(fixtures.map((fixture) => fixture.appear()));
    return fixtures;
  }

  async #start(name: string, fixtures: readonly FixturePort[]): Promise<void> {
    const places = fixtures.map((fixture): Place => ({ fixture, module: undefined }));
    this.#places.push(...places);
    for (const place of places) await this.#exchange(place, 'broken');
    const ports = fixtures.map(({ url }) => url);
    const station = new StationProcess(stationArgs(this.#world, name, ports));
    this.#stations.push(station);
    station.on('line', (line) => void this.#onLine(places, line));
  }

  async #onLine(places: readonly Place[], { event, port }: StationLine): Promise<void> {
    const place = places.find(({ fixture }) => fixture.url === port);
    if (event !== 'result' || place === undefined) return;
    this.#times.push(performance.now());
    this.#progress(this.#times.length);
    // Some fixtures are opened anew for each module, on others only the module is another.
    await this.#exchange(place, this.#times.length % 2 === 0 ? 'kept' : 'broken');
    if (this.#times.length >= this.#plan.units) this.#end();
  }

  /** Takes the module off, and puts the next one on if there is any. */
  async #exchange(place: Place, line: 'kept' | 'broken'): Promise<void> {
    const { fixture, module: last } = place;
    const number = this.#next++;
    if (number >= this.#plan.units) {
      fixture.put(undefined, line);
      await last?.close();
      return;
    }
    const imei = imeiAt(number);
    const name = `factory-${process.pid}-${this.#plan.seed}-${number}`;
    const [relay] = this.#world.relays;
    const options = { latency: this.#plan.latency, seed: number, listen: `memory:${name}` };
    const module = await startModule(relay, imei, options);
    this.#world.witness.watchModule(module, imei);
    place.module = module;
    fixture.put(name, line);
    await last?.close();
  }

  #end(): void {
    for (const station of this.#stations) station.signal('SIGINT');
  }
}

/** Measures for how long one more writer would have to wait for the ledger. */
class LockProbe {
  readonly #database: Database.Database;
  readonly #waits = new Histogram();
  readonly #timer: NodeJS.Timeout;

  constructor(path: string) {
    this.#database = new Database(path, { timeout: PROBE_LIMIT });
    this.#timer = setInterval(() => this.#look(), PROBE_PERIOD);
  }

  /** In ms. */
  end(): HistogramSummary {
    clearInterval(this.#timer);
    this.#database.close();
    return this.#waits.summary();
  }

  #look(): void {
    const start = performance.now();
    this.#database.exec('BEGIN IMMEDIATE; ROLLBACK');
    this.#waits.record(performance.now() - start);
  }
}
