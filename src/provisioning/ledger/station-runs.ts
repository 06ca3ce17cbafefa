import { ModemError } from '../../errors/modem-error.js';
import { isAlive } from './liveness.js';
import type { Statements } from './statements.js';

/** A station that has not ended in the books. */
interface RunRow {
  readonly name: string;
  readonly ports: string | null;
  readonly pid: number;
  readonly start_token: string | null;
  readonly boot: string | null;
  readonly namespace: string | null;
  readonly started_at: number;
  readonly beat_at: number;
}

/** A port of a station that begins. */
export interface RunPort {
  /** As of `portKey`. */
  readonly key: string;
  /** The name of its slot, if it has one. */
  readonly slot?: string | undefined;
}

/** Version 3: the ports of a station, as a JSON array of `portKey`s. */
export const STATION_PORTS = 'ALTER TABLE station_run ADD COLUMN ports TEXT;\n';

/**
 * Throws `INVALID_ARGUMENT` if a station that runs has the name, if one is given, or one of the ports: two at one serial server hear each
 * other's modules, and the books could not tell one station from the other.
 */
export function refuseDouble(sql: Statements, station: string | undefined, ports: readonly RunPort[]): void {
  const runs = sql.all<RunRow>(
    `SELECT name, ports, pid, start_token, boot, namespace, started_at, beat_at FROM station_run
     WHERE ended_at IS NULL`,
  );
  for (const run of runs.filter(isRunning)) {
    const who = `(process ${run.pid}, since ${new Date(run.started_at).toISOString()})`;
    if (run.name === station) {
      const what = `a station ${JSON.stringify(station)} runs on this ledger already ${who}`;
      throw new ModemError(
        'INVALID_ARGUMENT',
        `${what}: end it, or give this one another name with --station`,
      );
    }
    const theirs = portsOf(run);
    const taken = ports.find(({ key }) => theirs.includes(key));
    if (taken !== undefined) {
      const port = taken.slot === undefined ? taken.key : `${taken.key} (${taken.slot})`;
      const what = `station ${JSON.stringify(run.name)} ${who} works at ${port} already`;
      throw new ModemError('INVALID_ARGUMENT', `${what}: end it, or give this one other ports`);
    }
  }
}

function isRunning(run: RunRow): boolean {
  return isAlive({
    pid: run.pid,
    startToken: run.start_token ?? undefined,
    boot: run.boot ?? undefined,
    namespace: run.namespace ?? undefined,
    beatAt: run.beat_at,
    endedAt: undefined,
  });
}

function portsOf({ ports }: RunRow): readonly string[] {
  return ports === null ? [] : (JSON.parse(ports) as string[]);
}
