import type { EventEmitter } from 'node:events';
import type {
  PortStatus,
  StationEvents,
  StationTotals,
  UnitResult,
} from '../../../provisioning/station/station-types.js';
import { onAbort } from '../../../util/abort.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { RunView } from './view.js';

/** A `Station`, or what behaves like one. */
export interface Followed extends EventEmitter<StationEvents> {
  readonly statuses: readonly PortStatus[];
  readonly totals: StationTotals;
  run(signal: AbortSignal): Promise<StationTotals>;
}

/** Runs the station to its end and shows what happens. The exit code: whether a unit failed. Rejects as `run` does. */
export async function followStation(
  station: Followed,
  view: RunView,
  tally: Tally,
  signal: AbortSignal,
): Promise<ExitCode> {
  station.on('status', (status) => view.changed(status));
  station.on('result', (result) => {
    const now = Date.now();
    tally.result(result, now);
    view.result(result, now);
  });
  station.on('note', (sentence) => {
    const now = Date.now();
    tally.note(sentence, now);
    view.note(sentence, now);
  });
  const forget = onAbort(signal, () => view.stopping());
  try {
    const totals = await station.run(signal);
    await view.end(totals, Date.now());
    return totals.failed === 0 ? EXIT.DONE : EXIT.FAILED;
  } finally {
    forget();
    view.close();
  }
}

/** Something that happened; `at` is ms since 1970. */
export type Recent =
  | { readonly at: number; readonly result: UnitResult }
  | { readonly at: number; readonly note: string };

const HOUR = 3_600_000;

/** Below this a rate says nothing. */
const MINUTE = 60_000;

/** The last of every port, even of a big station. */
const MAX_RECENT = 100;

/** What happened in the run, as far as totals and board need it. Times are ms since 1970. */
export class Tally {
  readonly #startedAt: number;
  readonly #reasons = new Map<string, number>();
  /** Whether the last result of a module was a failure, by IMEI. */
  readonly #failing = new Map<string, boolean>();
  #unnamed = 0;
  #recent: readonly Recent[] = [];
  #passes: readonly number[] = [];

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** The newest last. */
  get recent(): readonly Recent[] {
    return this.#recent;
  }

  /** Codes of failures with their numbers, the most frequent first. */
  get reasons(): readonly (readonly [code: string, count: number])[] {
    return [...this.#reasons].sort(([, a], [, b]) => b - a);
  }

  /** Modules whose last result is a failure, as the report counts them; one without an IMEI counts each time. */
  get failedUnits(): number {
    return this.#unnamed + [...this.#failing.values()].filter(Boolean).length;
  }

  result(result: UnitResult, at: number): void {
    this.#keep({ at, result });
    this.#countUnit(result);
    if (result.outcome === 'passed') this.#passes = [...this.#passes.filter((pass) => at - pass < HOUR), at];
    if (result.reason === undefined) return;
    const { code } = result.reason;
    this.#reasons.set(code, (this.#reasons.get(code) ?? 0) + 1);
  }

  note(note: string, at: number): void {
    this.#keep({ at, note });
  }

  /** Passes of the last hour; of a shorter run so many as it would be in an hour. Undefined within the first minute. */
  rate(now: number): number | undefined {
    const time = Math.min(HOUR, now - this.#startedAt);
    if (time < MINUTE) return undefined;
    const passes = this.#passes.filter((pass) => now - pass < HOUR).length;
    return Math.round((passes * HOUR) / time);
  }

  #countUnit({ imei, outcome }: UnitResult): void {
    if (imei !== undefined) this.#failing.set(imei, outcome === 'failed');
    else if (outcome === 'failed') this.#unnamed += 1;
  }

  #keep(recent: Recent): void {
    this.#recent = [...this.#recent, recent].slice(-MAX_RECENT);
  }
}
