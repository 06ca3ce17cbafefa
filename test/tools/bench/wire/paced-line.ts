import type { ChildProcess } from 'node:child_process';
import { forkFile, messageOf } from '../../shared/own-process.js';
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
    const moduleUrl = await messageOf<string>(module);
    const line = start('line-process.js', [baudRate, Number(new URL(moduleUrl).port)]);
    const url = await messageOf<string>(line);
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

  #ask(message: ToLine): Promise<LineReport> {
    this.#line.send(message);
    return messageOf(this.#line);
  }
}

function start(file: string, plan: unknown): ChildProcess {
  return forkFile(new URL(file, import.meta.url), plan);
}
