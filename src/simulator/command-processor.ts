import type { Line } from '../at/line.js';
import { delay } from '../util/delay.js';
import type { Task } from './behaviours/behaviour.js';
import type { CommandTable } from './command-table.js';
import type { ModuleContext } from './module-context.js';
import { SerialInput } from './serial/serial-input.js';
import { echoBytes, lineBytes, PROMPT, refusalText } from './wire.js';

export interface ProcessorOptions {
  /** ms before a prompt and before a final result code. */
  readonly responseLatency: number;
  readonly send: (bytes: Buffer) => void;
  /** A command line was taken. */
  readonly taken: (line: string) => void;
  /** Sends a result URC when it is due; calls `due` then. */
  readonly report: (line: Line, due: () => void) => void;
}

/** ms after which an OK that waits for its result URC comes without it. */
const RESULT_FIRST_LIMIT = 1_000;

/** Takes command lines one at a time; what arrives while one runs waits [A]. */
export class CommandProcessor {
  readonly #module: ModuleContext;
  readonly #table: CommandTable;
  readonly #options: ProcessorOptions;
  readonly #input = new SerialInput();
  readonly #stopping = new AbortController();
  #running = false;
  /** Called when bytes have come. */
  #wake: () => void = () => {};

  constructor(module: ModuleContext, table: CommandTable, options: ProcessorOptions) {
    this.#module = module;
    this.#table = table;
    this.#options = options;
  }

  receive(bytes: Buffer): void {
    this.#input.push(bytes);
    this.#wake();
    if (!this.#running) void this.#run();
  }

  /** Nothing more is taken or sent. */
  stop(): void {
    this.#stopping.abort();
    this.#wake();
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (!this.#stopped) {
      const line = this.#input.takeLine();
      if (line === undefined) break;
      await this.#take(line);
    }
    this.#running = false;
  }

  async #take(line: string): Promise<void> {
    const { faults, registers } = this.#module;
    // V.250 5.2.1: whatever stands before AT is ignored, and a line without it is none.
    const start = line.search(/at/i);
    if (start >= 0 && faults.ask((fault) => fault.loses?.())) return;
    if (registers.echo || faults.ask((fault) => fault.echoes)) this.#options.send(echoBytes(line));
    if (start < 0) return;
    this.#options.taken(line);
    const task = this.#table.understand(line.slice(start));
    const refusal = task === undefined ? 'ERROR' : task.refusal(this.#module);
    await this.#pause(this.#options.responseLatency);
    if (this.#stopped) return;
    if (task === undefined || refusal !== undefined) {
      await this.#answer([], refusalText(refusal ?? 'ERROR', registers.errorReporting));
      return;
    }
    const complete = await this.#completed(task);
    if (complete !== undefined) await this.#carryOut(complete);
  }

  /** The task with its payload, or undefined if the module stopped in data mode. */
  async #completed(task: Task): Promise<Task | undefined> {
    const { dataLength } = task;
    if (dataLength === undefined) return task;
    const { faults } = this.#module;
    const lost = faults.ask((fault) => fault.lostPayload?.()) ?? 0;
    if (!faults.ask((fault) => fault.hidesPrompt)) this.#options.send(PROMPT);
    const bytes = await this.#takeData(dataLength + lost);
    await this.#pause(this.#options.responseLatency);
    return bytes === undefined || this.#stopped ? undefined : task.attach(bytes.subarray(lost));
  }

  async #takeData(length: number): Promise<Buffer | undefined> {
    for (;;) {
      const bytes = this.#stopped ? undefined : this.#input.takeData(length);
      if (bytes !== undefined || this.#stopped) return bytes;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #carryOut(task: Task): Promise<void> {
    const behind = task.twoStage ? this.#module.faults.ask((fault) => fault.resultFirst) : undefined;
    const lines = task.answer(this.#module);
    if (behind === undefined) {
      await this.#answer(lines, 'OK');
      if (!this.#stopped) this.#proceed(task, () => {});
      return;
    }
    const reported = new AbortController();
    this.#proceed(task, () => reported.abort());
    await delay(RESULT_FIRST_LIMIT, AbortSignal.any([this.#stopping.signal, reported.signal]));
    await this.#pause(behind);
    await this.#answer(lines, 'OK');
  }

  #proceed(task: Task, reported: () => void): void {
    const settled = task.twoStage ? this.#module.pending.begin(task.name) : () => {};
    task.proceed(this.#module, (line) => {
      if (this.#stopped) return;
      this.#options.report(line, () => {
        settled();
        reported();
      });
    });
  }

  async #answer(lines: readonly Line[], final: string): Promise<void> {
    const { faults } = this.#module;
    await this.#pause(faults.ask((fault) => fault.finalDelay) ?? 0);
    if (this.#stopped) return;
    const unsolicited = faults.ask((fault) => fault.unsolicited?.());
    const urcs = unsolicited === undefined ? [] : [{ text: unsolicited }];
    const finals = faults.ask((fault) => fault.losesFinal?.(final)) ? [] : [{ text: final }];
    const bytes = Buffer.concat([...lines, ...urcs, ...finals].map(lineBytes));
    if (bytes.length > 0) this.#options.send(bytes);
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await delay(ms, this.#stopping.signal);
  }
}
