import { EventEmitter, once } from 'node:events';
import type { Duplex } from 'node:stream';
import { memoryLink } from '../../src/transport/memory.js';

/** What the module sends for a command line: wire text (latin1), or undefined for silence. */
export type Answer = string | undefined | (() => string | undefined);

export const OK = '\r\nOK\r\n';

/** Information lines and `OK`, as they stand on the wire. */
export function ok(...lines: string[]): string {
  return `${lines.map((line) => `\r\n${line}\r\n`).join('')}${OK}`;
}

/** What a driver that knows nothing of the module writes first: no command line. */
const FILLER = /^[\x1b\r]+/;

/** A module that answers command lines from a table of literal text, `ERROR` to all others. */
export class ScriptedModule extends EventEmitter<{ line: [line: string]; opened: [] }> {
  /** Command lines received, over all connections. */
  readonly received: string[] = [];
  readonly answers = new Map<string, Answer>([
    ['AT', OK],
    ['ATE0', OK],
    ['AT+CMEE=1', OK],
    ['AT+CEREG=2', OK],
    ['AT+CSQ', ok('+CSQ: 27,99')],
  ]);
  /** Whether the module repeats each command line, ended by CR. */
  echo = false;
  #stream: Duplex | undefined;
  #pending = '';

  /** What `openModem` takes: each call is a newly opened port. */
  readonly source = (): Duplex => {
    const [host, module] = memoryLink();
    module.on('data', (chunk: Buffer) => this.#onData(chunk));
    module.on('error', () => {});
    this.#stream = module;
    this.emit('opened');
    return host;
  };

  /** Received since the last time, without the start-up's own lines. */
  take(): string[] {
    return this.received.splice(0).filter((line) => !START_UP.includes(line));
  }

  send(text: string): void {
    this.#stream?.write(Buffer.from(text, 'latin1'));
  }

  unplug(): void {
    this.#stream?.destroy();
  }

  /** Resolves when the command line comes. */
  async receives(line: string): Promise<void> {
    for (;;) {
      const [received] = await once(this, 'line');
      if (received === line) return;
    }
  }

  #onData(chunk: Buffer): void {
    const lines = (this.#pending + chunk.toString('latin1')).split('\r\n');
    this.#pending = lines.pop() ?? '';
    for (const text of lines) {
      const line = text.replace(FILLER, '');
      this.received.push(line);
      if (this.echo) this.send(`${line}\r`);
      const answer = this.answers.has(line) ? this.answers.get(line) : '\r\nERROR\r\n';
      const said = typeof answer === 'function' ? answer() : answer;
      if (said !== undefined) this.send(said);
      this.emit('line', line);
    }
  }
}

/** `AT` and a proof that the answers are in step, then the settings. */
export const START_UP: readonly string[] = ['AT', 'AT+CSQ', 'ATE0', 'AT+CMEE=1', 'AT+CEREG=2'];
