import type { Line } from '../../at/line.js';
import { delay } from '../../util/delay.js';
import type { Refusal, Task } from './behaviours/behaviour.js';
import { type CommandTable, commandsIn } from './command-line.js';
import type { ModuleContext } from './module-context.js';
import { SerialInput } from './serial/serial-input.js';
import type { SimulatedDialect } from './simulated-dialect.js';
import { echoBytes, lineBytes, PROMPT, refusalText } from './wire.js';

export interface ProcessorOptions {
  readonly dialect: Pick<SimulatedDialect, 'lineEnd' | 'payloadEnd'>;
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

/** ms after which a module stops waiting for the rest of a payload that a line counts [A]. */
const COUNT_LIMIT = 1_000;

/** Takes command lines one at a time; what arrives while one runs waits [A]. */
export class CommandProcessor {
  readonly #module: ModuleContext;
  readonly #table: CommandTable;
  readonly #options: ProcessorOptions;
  readonly #input: SerialInput;
  readonly #stopping = new AbortController();
  #running = false;
  #countLimit: NodeJS.Timeout | undefined;
  /** Called when bytes have come. */
  #wake: () => void = () => {};

  constructor(module: ModuleContext, table: CommandTable, options: ProcessorOptions) {
    this.#module = module;
    this.#table = table;
    this.#options = options;
    this.#input = new SerialInput(options.dialect.lineEnd);
  }

  receive(bytes: Buffer): void {
    clearTimeout(this.#countLimit);
    this.#input.push(bytes);
    this.#wake();
    if (!this.#running) void this.#run();
  }

  /** Nothing more is taken or sent. */
  stop(): void {
    this.#stopping.abort();
    clearTimeout(this.#countLimit);
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
    if (this.#input.counting && !this.#stopped) {
      this.#countLimit = setTimeout(() => {
        this.#input.giveUpCount();
        void this.#run();
      }, COUNT_LIMIT);
    }
  }

  async #take(line: string): Promise<void> {
    const { faults, registers } = this.#module;
    // V.250 5.2.1: whatever stands before AT is ignored, and a line without it is none.
    const start = line.search(/at/i);
    if (start >= 0 && faults.ask((fault) => fault.loses?.())) return;
    if (registers.echo || faults.ask((fault) => fault.echoes)) this.#options.send(echoBytes(line));
    if (start < 0) return;
    this.#options.taken(line);
    const lines: Line[] = [];
    const done: Task[] = [];
    let refused: Refusal | undefined;
    // V.250 5.2.1: one after the other, as far as the first that fails, with one final result code for all.
    for (const [index, command] of commandsIn(
      line.slice(start),
      this.#options.dialect.payloadEnd,
    ).entries()) {
      const task = this.#table.understand(command);
      refused = task === undefined ? 'ERROR' : task.refusal(this.#module);
      if (index === 0) await this.#pause(this.#options.responseLatency);
      if (this.#stopped) return;
      if (task === undefined || refused !== undefined) break;
      const complete = await this.#completed(task);
      if (complete === undefined) return;
      lines.push(...complete.answer(this.#module));
      done.push(complete);
    }
    await this.#conclude(lines, done, refused);
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

  /** Sends the final result code, and lets what was accepted go on. */
  async #conclude(
    lines: readonly Line[],
    done: readonly Task[],
    refused: Refusal | undefined,
  ): Promise<void> {
    const final = refused === undefined ? 'OK' : refusalText(refused, this.#module.registers.errorReporting);
    const first = done.find((task) => task.twoStage);
    const behind = first === undefined ? undefined : this.#module.faults.ask((fault) => fault.resultFirst);
    if (behind === undefined) {
      await this.#answer(lines, final);
      for (const task of done) if (!this.#stopped) this.#proceed(task, () => {});
      return;
    }
    const reported = new AbortController();
    for (const task of done) this.#proceed(task, task === first ? () => reported.abort() : () => {});
    await delay(RESULT_FIRST_LIMIT, AbortSignal.any([this.#stopping.signal, reported.signal]));
    await this.#pause(behind);
    await this.#answer(lines, final);
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
