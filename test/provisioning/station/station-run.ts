import { once } from 'node:events';
import { expect } from 'vitest';
import type { Station } from '../../../src/provisioning/station/station.js';
import type {
  PortPhase,
  PortStatus,
  StationTotals,
  UnitResult,
} from '../../../src/provisioning/station/station-types.js';

/** A running station, and all that it has told. */
export class StationRun {
  readonly station: Station;
  readonly results: UnitResult[] = [];
  readonly statuses: PortStatus[] = [];
  readonly notes: string[] = [];
  readonly ended: Promise<StationTotals>;
  readonly #stop = new AbortController();

  constructor(station: Station) {
    this.station = station;
    station.on('result', (result) => this.results.push(result));
    station.on('status', (status) => this.statuses.push(status));
    station.on('note', (note) => this.notes.push(note));
    this.ended = station.run(this.#stop.signal);
    this.ended.catch(() => {});
  }

  /** The n-th result, the first is 1. Rejects when the station ends without it. */
  async result(count = 1): Promise<UnitResult> {
    const ended = this.ended.then((totals) => {
      if (this.results.length < count) throw new Error(`the station ended: ${JSON.stringify(totals)}`);
    });
    ended.catch(() => {});
    while (this.results.length < count) await Promise.race([once(this.station, 'result'), ended]);
    return this.results[count - 1] as UnitResult;
  }

  /** The next time that a port enters the phase. */
  async phase(phase: PortPhase, port?: string): Promise<PortStatus> {
    for (;;) {
      const [status] = (await once(this.station, 'status')) as [PortStatus];
      if (status.phase === phase && (port === undefined || port === status.port)) return status;
    }
  }

  /** Phases that a port went through, without repetitions. */
  phases(port: string): PortPhase[] {
    const all = this.statuses.filter((status) => status.port === port).map(({ phase }) => phase);
    return all.filter((phase, index) => phase !== all[index - 1]);
  }

  stop(): Promise<unknown> {
    this.#stop.abort();
    return this.ended.catch(() => {});
  }

  /** No secret stands in anything that was told. */
  checkSilence(secrets: readonly string[]): void {
    const told = JSON.stringify([this.results, this.statuses, this.notes]);
    for (const secret of secrets) expect(told).not.toContain(secret);
  }
}
