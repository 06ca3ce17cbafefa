import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injector } from './injector.js';
import type { CasePlan } from './plan.js';
import { type StationEnd, type StationLine, StationProcess, stationArgs } from './station-process.js';
import type { Findings } from './verdict/findings.js';
import type { World } from './world.js';

/** The station of a case, started again whenever it is struck down. */
export class FactoryLine {
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

/** What everybody is doing, for a case that does not end. */
export function situation(
  world: World,
  stations: readonly StationProcess[],
  { disturbances, waiting }: Injector,
): string {
  const station = stations.at(-1);
  const results = new Set(station?.lines.flatMap(({ event, port }) => (event === 'result' ? port : [])));
  const modules = world.units.map(({ imei, port, module }) => {
    const state = results.has(port) ? 'has its result' : 'has no result';
    const faults = module.faults.active.length === 0 ? '' : `, faults ${module.faults.active.join(' ')}`;
    return `${imei} at ${port} ${state}, last heard ${masked(world.witness.lastLine.get(imei))}${faults}`;
  });
  const faults = disturbances.map(({ fault, imei = '', until }) =>
    `${fault.kind.name} ${imei}${until === Number.POSITIVE_INFINITY ? ' (on)' : ''}`.trim(),
  );
  return [
    `station ${stations.length} ${station?.running ? 'runs' : 'has ended'}, told ${station?.lines.length} lines`,
    `last ${JSON.stringify(station?.lines.at(-1) ?? null)}`,
    `stderr ${JSON.stringify(station?.stderr.slice(-500) ?? '')}`,
    `online ${world.cloud
      .online()
      .map(({ deviceName }) => deviceName)
      .join(' ')}`,
    `faults so far: ${faults.join(', ')}; to come: ${waiting.map(({ kind }) => kind.name).join(', ')}`,
    ...modules,
  ].join('\n    ');
}

function masked(line = 'nothing'): string {
  return line.replace(/("aliauth",0,"[^"]*","[^"]*",")[^"]*/i, '$1***');
}
