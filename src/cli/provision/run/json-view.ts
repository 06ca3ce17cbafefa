import type { PortStatus, StationTotals, UnitResult } from '../../../provisioning/station/station-types.js';
import type { Output } from '../../output.js';
import type { Tally } from './follow.js';
import { type RunView, STOPPING, WaitNotes } from './view.js';

/** One object for each result and note, and one with the totals at the end; `event` says which. */
export class JsonView implements RunView {
  readonly #output: Output;
  readonly #tally: Tally;
  readonly #waits = new WaitNotes();

  constructor(output: Output, tally: Tally) {
    this.#output = output;
    this.#tally = tally;
  }

  changed(status: PortStatus): void {
    const news = this.#waits.newsOf(status);
    if (news !== undefined) this.note(news, Date.now());
  }

  close(): void {}

  result(result: UnitResult, at: number): void {
    void this.#output.json(resultRecord(result, at));
  }

  note(sentence: string, at: number): void {
    void this.#output.json({ event: 'note', time: isoTime(at), note: sentence });
  }

  stopping(): void {
    this.note(STOPPING, Date.now());
  }

  end(totals: StationTotals, at: number): Promise<void> {
    return this.#output.json(totalsRecord(totals, this.#tally, at));
  }
}

/** A result as JSON; `null` is what is not known. `elapsed` in ms. */
function resultRecord(result: UnitResult, at: number): object {
  const {
    slot = null,
    port,
    outcome,
    imei = null,
    deviceName = null,
    reason = null,
    action,
    elapsed,
    tries,
  } = result;
  const time = isoTime(at);
  return { event: 'result', time, slot, port, outcome, imei, deviceName, reason, action, elapsed, tries };
}

/** The totals as JSON; `failedUnits` counts modules, `failed` results; `left` is `null` with dynamic registration. `elapsed` in ms. */
function totalsRecord(
  totals: StationTotals,
  { reasons, failedUnits }: Pick<Tally, 'reasons' | 'failedUnits'>,
  at: number,
): object {
  const { passed, already, checked, failed, left = null, startedAt } = totals;
  return {
    event: 'end',
    time: isoTime(at),
    ...{ passed, already, checked, failed, failedUnits, left },
    reasons: Object.fromEntries(reasons),
    startedAt: isoTime(startedAt),
    elapsed: at - startedAt,
  };
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
