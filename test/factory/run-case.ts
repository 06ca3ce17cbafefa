import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Findings } from './findings.js';
import { Injector } from './injector.js';
import type { CasePlan } from './plan.js';
import { situation } from './situation.js';
import { stationArgs } from './station-args.js';
import { type StationEnd, type StationLine, StationProcess } from './station-process.js';
import { verdict } from './verdict.js';
import { World } from './world.js';

/** What came of a case. Times in ms. */
export interface CaseReport {
  readonly plan: CasePlan;
  readonly elapsed: number;
  /** Names of the faults that there were. */
  readonly faults: readonly string[];
  /** How the attempts ended: `passed`, `already`, `interrupted`, or the reason of a failure. */
  readonly attempts: readonly string[];
  /** States of the triples that modules have in the end. */
  readonly states: readonly string[];
  readonly violations: readonly string[];
}

/** ms that a case may take. */
const LIMIT = 60_000;

/** Runs a case to its end and judges it. Rejects only for faults of the harness itself. */
export async function runCase(plan: CasePlan): Promise<CaseReport> {
  const start = performance.now();
  const world = await World.start(plan);
  const line = new FactoryLine(world, plan);
  try {
    const late = await within(LIMIT, line.run());
    if (late)
      return report(plan, start, line, { violations: [`no end after ${LIMIT} ms: ${line.situation()}`] });
    return report(plan, start, line, verdict(await line.findings()));
  } finally {
    await line.stop();
    await world.close();
  }
}

function report(
  plan: CasePlan,
  start: number,
  { injector }: FactoryLine,
  found: Partial<Pick<CaseReport, 'attempts' | 'states'>> & Pick<CaseReport, 'violations'>,
): CaseReport {
  const faults = injector.disturbances.map(({ fault }) => fault.kind.name);
  return { plan, elapsed: performance.now() - start, faults, attempts: [], states: [], ...found };
}

/** Whether the time was over first. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  try {
    return (await Promise.race([work, late])) ?? false;
  } finally {
    clearTimeout(timer);
  }
}

/** The station of a case, started again whenever it is struck down. */
class FactoryLine {
  readonly injector: Injector;
  readonly #world: World;
  readonly #plan: CasePlan;
  readonly #stations: StationProcess[] = [];
  readonly #finished = new Set<string>();
  /** When the faults were over, and the last station began. */
  #calmSince = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(world: World, plan: CasePlan) {
    this.#world = world;
    this.#plan = plan;
    this.injector = new Injector(world, plan, this);
  }

  get station(): StationProcess | undefined {
    return this.#stations.at(-1);
  }

  /** Until every module has a result in spite of the faults; then once more, without any. */
  async run(): Promise<void> {
    const { once } = this.#plan;
    for (let over = false; !over && !this.#stopped; ) {
      const end = await this.#station(once ? ['--once'] : []);
      const struck = end.signal === 'SIGKILL' || end.code === 130;
      over = !struck || this.#isDone();
    }
    await this.injector.end();
    this.#calmSince = Date.now();
    const repeat = this.#plan.way === 'file' ? [] : ['--repeat-registration'];
    if (!this.#stopped) await this.#station(['--once', ...repeat]);
  }

  situation(): string {
    return situation(this.#world, this.#stations, this.injector);
  }

  async findings(): Promise<Findings> {
    const { injector } = this;
    const traces = this.#stations.map((_station, index) => readFile(this.#trace(index), 'utf8'));
    const trace = (await Promise.allSettled(traces))
      .map((read) => (read.status === 'fulfilled' ? read.value : ''))
      .join('\n');
    const { disturbances } = injector;
    return {
      ...{ plan: this.#plan, stations: this.#stations, disturbances, trace },
      ...{ ledger: this.#world.ledger, seen: this.#world.witness },
      imeis: this.#world.units.map(({ imei }) => imei),
      calmSince: this.#calmSince,
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.injector.stop();
    this.station?.signal('SIGKILL');
    await this.station?.ended;
  }

  async #station(more: readonly string[]): Promise<StationEnd> {
    const number = this.#stations.length;
    const args = [...stationArgs(this.#world, `line-${number}`), '--trace', this.#trace(number), ...more];
    const station = new StationProcess(args);
    this.#stations.push(station);
    station.on('line', (line) => this.#onLine(station, line));
    return station.ended;
  }

  /** A station that is killed early may leave none. */
  #trace(station: number): string {
    return join(this.#world.folder, `trace-${station}.txt`);
  }

  #onLine(station: StationProcess, { event, port }: StationLine): void {
    if (event !== 'result' || port === undefined) return;
    this.#finished.add(port);
    this.injector.result();
    if (this.#isDone() && !this.#plan.once && this.#calmSince === Number.POSITIVE_INFINITY) {
      station.signal('SIGINT');
    }
  }

  #isDone(): boolean {
    return this.#finished.size === this.#world.units.length;
  }
}
