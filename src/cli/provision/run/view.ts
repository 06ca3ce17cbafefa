import type { PortStatus, StationTotals, UnitResult } from '../../../provisioning/station/station-types.js';

/** Shows a run to whoever started it: on a board, as lines, or as JSON. */
export interface RunView {
  /** The row of a port changed. */
  changed(status: PortStatus): void;
  result(result: UnitResult, at: number): void;
  note(sentence: string, at: number): void;
  /** The run was asked to end. */
  stopping(): void;
  /** The run has ended: closes, and says the totals. Resolves when they have left. */
  end(totals: StationTotals, at: number): Promise<void>;
  /** Shows nothing more, and leaves the terminal as it was found. May be called twice. */
  close(): void;
}
