import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Flood, LineReport, ToLine } from './line-messages.js';

/** A line of a baud rate with a module at its end, each in a process of its own. */
export class PacedLine {
  /** For a TE. */
  readonly url: string;
  readonly #line: ChildProcess;
  readonly #module: ChildProcess;

  private constructor(url: string, line: ChildProcess, module: ChildProcess) {
    this.url = url;
    this.#line = line;
    this.#module = module;
  }

  static async open(baudRate: number): Promise<PacedLine> {
    const module = start('module-process.js', null);
    const [moduleUrl] = (await once(module, 'message')) as [string];
    const line = start('line-process.js', [baudRate, Number(new URL(moduleUrl).port)]);
    const [url] = (await once(line, 'message')) as [string];
    return new PacedLine(url, line, module);
  }

  /** Counts anew. */
  async reset(): Promise<void> {
    await this.#ask('reset');
  }

  report(): Promise<LineReport> {
    return this.#ask('report');
  }

  /** Publishes to the module. */
  flood(flood: Flood): void {
    this.#module.send(flood);
  }

  close(): void {
    this.#line.disconnect();
    this.#module.disconnect();
  }

  async #ask(message: ToLine): Promise<LineReport> {
    this.#line.send(message);
    const [report] = (await once(this.#line, 'message')) as [LineReport];
    return report;
  }
}

function start(file: string, plan: unknown): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(plan)]);
}
