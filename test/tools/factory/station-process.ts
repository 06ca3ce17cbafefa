import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { endsWithUs } from '../../helpers/processes.js';
import { inProject } from '../shared/project.js';

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
