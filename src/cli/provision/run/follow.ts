import type { EventEmitter } from 'node:events';
import type {
  PortStatus,
  StationEvents,
  StationTotals,
} from '../../../provisioning/station/station-types.js';
import { onAbort } from '../../../util/abort.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Tally } from './tally.js';
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
