import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { endsWithUs } from '../../helpers/processes.js';
import { inProject } from '../shared/project.js';
import type { World } from './world.js';

/** A line of `--json`: a result, a note, or the totals. */
export interface StationLine {
  readonly event: 'result' | 'note' | 'end';
  readonly port?: string;
  readonly outcome?: 'passed' | 'already' | 'checked' | 'failed';
  readonly imei?: string | null;
  readonly deviceName?: string | null;
  readonly reason?: { readonly code: string; readonly message: string } | null;
  readonly elapsed?: number;
  readonly note?: string;
}

export interface StationEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The real command as a child process. */
export class StationProcess extends EventEmitter<{ line: [line: StationLine] }> {
  readonly ended: Promise<StationEnd>;
  /** How it ended; undefined while it runs. */
  exit: StationEnd | undefined;
  /** ms since 1970. */
  readonly startedAt = Date.now();
  readonly lines: StationLine[] = [];
  /** Lines that are no JSON. */
  readonly strange: string[] = [];
  stdout = '';
  stderr = '';
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(args: readonly string[]) {
    super();
    const command = [inProject('bin/atmqtt.js'), 'provision', 'run', '--json', ...args];
    this.#child = endsWithUs(
      spawn(process.execPath, command, { cwd: inProject(), env: { PATH: process.env.PATH ?? '' } }),
    );
    this.#child.stdin.end();
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk;
    });
    createInterface(this.#child.stdout).on('line', (text) => this.#read(text));
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.exit = { code, signal };
      return this.exit;
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether the process is there. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  #read(text: string): void {
    this.stdout += `${text}\n`;
    let line: StationLine;
    try {
      line = JSON.parse(text) as StationLine;
    } catch {
      this.strange.push(text);
      return;
    }
    this.lines.push(line);
    this.emit('line', line);
  }
}

/** The command line of a station, by default at all ports of a world; limits in s, far below the usual ones. */
export function stationArgs(
  { ledger, units, way, cloud, relays }: World,
  name: string,
  ports = units.map(({ port }) => port),
): string[] {
  const [, http] = relays;
  const { hostname } = new URL(cloud.registration.url);
  return [
    ...ports.flatMap((port) => ['--port', port]),
    ...['--ledger', ledger, '--station', name, '--operator', 'ada', '--host', 'cloud.example'],
    ...(way === 'http' ? ['--registration-url', `http://${hostname}:${http.port}`] : []),
    ...(way === 'module' ? ['--register-through-module'] : []),
    ...['--start-timeout', '2', '--network-timeout', '6', '--connect-timeout', '6', '--proof-timeout', '3'],
    ...['--registration-timeout', '4', '--tries', '2'],
  ];
}
