import { portName } from '../../../provisioning/station/station-port.js';
import type {
  PortPhase,
  PortStatus,
  StationTotals,
  UnitOutcome,
  UnitResult,
} from '../../../provisioning/station/station-types.js';

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

/** What the operator is told at the first Ctrl-C. */
export const STOPPING =
  'ending: no new modules, units under way end as INTERRUPTED; Ctrl-C again ends at once';

/** What stands where nothing is known. */
export const NOTHING = '-';

/** What goes on at a port, in a word or two. */
export const PHASE_WORDS: Readonly<Record<PortPhase, string>> = {
  waiting: 'waiting',
  identifying: 'identifying',
  network: 'network',
  reserving: 'reserving',
  registering: 'registering',
  writing: 'writing',
  connecting: 'connecting',
  proving: 'proving',
  disconnecting: 'closing',
  persistence: 'resetting',
  pausing: 'trying again',
  finished: 'finished',
};

/** How a unit ended, in one word. */
export const OUTCOME_WORDS: Readonly<Record<UnitOutcome, string>> = {
  passed: 'PASS',
  already: 'ALREADY',
  checked: 'CHECKED',
  failed: 'FAIL',
};

/** Whole seconds as a clock shows them, e.g. `0:07` or `8:00:00`. */
export function clockText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const end = String(rest).padStart(2, '0');
  return hours === 0 ? `${minutes}:${end}` : `${hours}:${String(minutes).padStart(2, '0')}:${end}`;
}

/** Seconds with a decimal, e.g. `7.2 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Why ports wait, for those who see no board: each reason once for each port, or a shift would be full of it. */
export class WaitNotes {
  readonly #told = new Set<string>();

  /** The sentence, if it has not been told. */
  newsOf(status: PortStatus): string | undefined {
    const { phase, note } = status;
    if (phase !== 'waiting' || note === undefined) return undefined;
    const news = `${portName(status)} waits for a module: ${note}`;
    if (this.#told.has(news)) return undefined;
    this.#told.add(news);
    return news;
  }
}

const BEL = '\x07';

/** ms; two at once are heard as one. */
const PAUSE = 300;

/** Rings when a unit has its result: twice if it failed. */
export interface Bell {
  ring(result: UnitResult): void;
}

export const SILENT: Bell = { ring: () => {} };

/** The bell of a terminal. It moves no cursor, so a board may be shown at the same time. */
export function terminalBell(stream: NodeJS.WriteStream): Bell {
  const ring = () => {
    stream.write(BEL);
  };
  return {
    ring: ({ outcome }) => {
      ring();
      if (outcome === 'failed') setTimeout(ring, PAUSE).unref();
    },
  };
}
