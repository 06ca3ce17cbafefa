import { readFileSync, readlinkSync } from 'node:fs';

/** Tells one process from every other, also from a later one with its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in ticks since the boot: field 22 of /proc/<pid>/stat, proc_pid_stat(5) [D]. */
  readonly startToken: string | undefined;
  /** /proc/sys/kernel/random/boot_id: another one after each boot, proc_sys_kernel(5) [D]. */
  readonly boot: string | undefined;
  /** Where the pid counts: containers on one machine have pids of their own, pid_namespaces(7) [D]. */
  readonly namespace: string | undefined;
}

/** The process of a station, as the ledger knows it. Times are ms since 1970. */
export interface StationProcess extends ProcessIdentity {
  readonly beatAt: number;
  readonly endedAt: number | undefined;
}

/** Columns of `station_run` that say which process it is. */
export interface ProcessRow {
  readonly pid: number;
  readonly start_token: string | null;
  readonly boot: string | null;
  readonly namespace: string | null;
  readonly beat_at: number;
}

export function processOf(row: ProcessRow, endedAt: number | null): StationProcess {
  return {
    pid: row.pid,
    startToken: row.start_token ?? undefined,
    boot: row.boot ?? undefined,
    namespace: row.namespace ?? undefined,
    beatAt: row.beat_at,
    endedAt: endedAt ?? undefined,
  };
}

/** ms between two signs of life. */
export const BEAT_PERIOD = 15_000;

/** ms without one until a process that cannot be looked at counts as dead. */
const BEAT_LIMIT = 60_000;

/** Of this process. Without /proc only the pid is known. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    startToken: startTokenOf(process.pid),
    boot: attempted(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    namespace: attempted(() => readlinkSync('/proc/self/ns/pid')),
  };
}

/**
 * Whether the process of a station runs. On Linux that is certain: the same boot, and a process of its number that
 * started at the same moment. Elsewhere, and for one in another container, it is weaker: such a process must have given
 * a sign of life within a minute, so a dead one counts as alive until then, and a stopped one as dead after it.
 */
export function isAlive(station: StationProcess, self: ProcessIdentity = thisProcess()): boolean {
  if (station.endedAt !== undefined) return false;
  if (station.boot !== self.boot) return false;
  const beats = Date.now() - station.beatAt < BEAT_LIMIT;
  if (station.namespace !== self.namespace) return beats;
  if (station.startToken === undefined) return beats && exists(station.pid);
  return startTokenOf(station.pid) === station.startToken;
}

/** Undefined if there is no such process, and for one that has ended and only waits for its parent. */
function startTokenOf(pid: number): string | undefined {
  const stat = attempted(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // Field 2 is the name in parentheses, which may hold anything; field 3, the state, comes behind it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || /^[ZXx]$/.test(fields[0] ?? '')) return undefined;
  return fields[19];
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function attempted(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
