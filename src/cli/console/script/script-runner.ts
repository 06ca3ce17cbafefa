import { ModemError } from '../../../errors/modem-error.js';
import { deferred } from '../../../util/deferred.js';
import { delay } from '../../../util/delay.js';
import { awaitedResult, responseLimit } from '../../decode/known-commands.js';
import type { Answer, AskOptions } from '../answer.js';
import { readable } from '../readable.js';
import {
  type Expectation,
  regexLiteral,
  type Send,
  type Statement,
  substitute,
  Variables,
} from './statements.js';

/** What a script is run on. */
export interface ScriptHost {
  ask(line: string, options: AskOptions): Promise<Answer>;
  /** The bytes that a payload stands for. */
  payload(text: string): Buffer;
  /** Gives up the line that is under way. */
  giveUp(): void;
  /** Runs a dot-command; rejects with a `ModemError`. */
  dot(line: string): Promise<void>;
  /** Calls the listener for each line of the module that is no echo (UTF-8); the returned function ends that. */
  listen(listener: (line: string) => void): () => void;
}

/** What became of one step. */
export interface StepResult {
  /** Line of the script. */
  readonly line: number;
  readonly text: string;
  readonly passed: boolean;
  readonly ms: number;
  /** Why it failed. */
  readonly reason: string | undefined;
}

/** ms that an expectation waits when neither the script nor the command says more. */
const DEFAULT_LIMIT = 5000;

/** Runs the statements one after the other, up to the first step that fails. */
export class ScriptRunner {
  readonly #host: ScriptHost;
  readonly #report: (result: StepResult) => void;
  readonly #variables = new Variables();
  readonly #received = new ReceivedLines();
  readonly #signal: AbortSignal;
  #limit: number | undefined;
  /** That of the line sent last. */
  #resultLimit = DEFAULT_LIMIT;

  constructor(host: ScriptHost, report: (result: StepResult) => void, signal: AbortSignal) {
    this.#host = host;
    this.#report = report;
    this.#signal = signal;
  }

  /** Whether every step passed. A failing step is reported, it does not reject. */
  async run(statements: readonly Statement[]): Promise<boolean> {
    const forget = this.#host.listen((line) => this.#received.push(line));
    try {
      return await this.#block(statements);
    } finally {
      forget();
    }
  }

  async #block(statements: readonly Statement[]): Promise<boolean> {
    for (const statement of statements) {
      if (this.#signal.aborted || !(await this.#statement(statement))) return false;
    }
    return true;
  }

  async #statement(statement: Statement): Promise<boolean> {
    if (statement.kind === 'repeat') {
      for (let round = 0; round < statement.count; round += 1) {
        if (this.#signal.aborted || !(await this.#block(statement.body))) return false;
      }
      return true;
    }
    if (statement.kind === 'timeout') this.#limit = statement.ms;
    else if (statement.kind === 'set') this.#variables.set(statement.name, this.#fill(statement.value));
    else if (statement.kind === 'wait') await delay(statement.ms, this.#signal);
    else if (statement.kind === 'expect')
      return this.#step(statement.line, expectText(statement), () => this.#expect(statement));
    else if (statement.kind === 'dot') {
      const line = this.#fill(statement.text);
      return this.#step(statement.line, line, () => this.#host.dot(line));
    } else {
      const line = this.#fill(statement.text);
      return this.#step(statement.line, line, () => this.#send(statement, line));
    }
    return true;
  }

  async #step(line: number, text: string, run: () => Promise<void>): Promise<boolean> {
    const start = performance.now();
    const report = (at: number, reason: string | undefined) => {
      const ms = Math.round(performance.now() - start);
      this.#report({ line: at, text, passed: reason === undefined, ms, reason });
      return reason === undefined;
    };
    try {
      await run();
      return report(line, undefined);
    } catch (error) {
      if (error instanceof StepFailure) return report(error.line ?? line, error.message);
      if (error instanceof ModemError) return report(line, error.message);
      throw error;
    }
  }

  async #send({ data, expectations }: Send, line: string): Promise<void> {
    this.#received.clear();
    const result = awaitedResult(line);
    this.#resultLimit = result?.limit ?? DEFAULT_LIMIT;
    const payload = data === undefined ? undefined : this.#host.payload(this.#fill(data.text));
    const over = new AbortController();
    const arrived = result && this.#listenFor((received) => result.read({ text: received }));
    const asking = this.#host
      .ask(line, {
        limit: this.#limit ?? responseLimit(line),
        atLimit: 'end',
        ...(payload === undefined ? {} : { payload }),
      })
      .then((answer) => {
        if (answer.kind !== 'final' || !answer.result.ok) over.abort();
        return answer;
      });
    try {
      for (const expectation of expectations) await this.#expect(expectation, over.signal);
      const answer = await asking;
      if (expectations.length === 0) {
        refuseAnswer(answer);
        if (arrived !== undefined) await this.#result(arrived.found, result?.limit ?? DEFAULT_LIMIT);
      } else if (answer.kind !== 'final') refuseAnswer(answer);
    } catch (error) {
      if (!over.signal.aborted) this.#host.giveUp();
      await asking;
      throw error;
    } finally {
      arrived?.forget();
    }
  }

  /** `over` aborts when the answer is a failure: nothing more is to come. */
  async #expect(expectation: Expectation, over?: AbortSignal): Promise<void> {
    const limit = this.#limit ?? this.#resultLimit;
    const signals = [AbortSignal.timeout(limit), this.#signal, ...(over === undefined ? [] : [over])];
    const test = this.#test(expectation);
    if (await this.#received.find((line) => test(line) || undefined, AbortSignal.any(signals))) return;
    const came = this.#received.waiting.map((line) => JSON.stringify(line)).join(', ');
    const why = over?.aborted === true ? 'the answer is over' : `not seen within ${limit / 1000} s`;
    const what = `${expectText(expectation)}: ${why}; came: ${came === '' ? 'nothing' : came}`;
    throw new StepFailure(this.#signal.aborted ? 'interrupted' : what, expectation.line);
  }

  #test({ pattern }: Expectation): (line: string) => boolean {
    if (pattern.kind === 'text') {
      const text = this.#fill(pattern.text);
      return (line) => line.includes(text);
    }
    const source = substitute(pattern.source, this.#variables.lookup, regexLiteral);
    const expression = new RegExp(source, pattern.flags);
    return (line) => {
      const match = expression.exec(line);
      if (match !== null) this.#variables.capture(match);
      return match !== null;
    };
  }

  #listenFor(read: (line: string) => boolean | undefined): {
    readonly found: Promise<boolean>;
    forget(): void;
  } {
    let forget = () => {};
    const found = new Promise<boolean>((resolve) => {
      forget = this.#host.listen((line) => {
        const good = read(line);
        if (good !== undefined) resolve(good);
      });
    });
    return { found, forget };
  }

  async #result(found: Promise<boolean>, own: number): Promise<void> {
    const limit = this.#limit ?? own;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#signal]);
    const good = await Promise.race([found, delay(limit, signal).then(() => undefined)]);
    over.abort();
    if (good === undefined) throw new StepFailure(`no result within ${limit / 1000} s`);
    if (!good) throw new StepFailure('the result is a failure');
  }

  #fill(text: string): string {
    return substitute(text, this.#variables.lookup);
  }
}

function expectText({ pattern }: Expectation): string {
  return `expect ${pattern.kind === 'text' ? pattern.text : `/${pattern.source}/${pattern.flags}`}`;
}

/** Throws unless the answer is `OK`. */
function refuseAnswer(answer: Answer): void {
  if (answer.kind === 'final') {
    if (answer.result.ok) return;
    const { text, meaning } = answer.result;
    throw new StepFailure(`the answer is ${readable(text)}${meaning === undefined ? '' : ` (${meaning})`}`);
  }
  if (answer.kind === 'silent') throw new StepFailure(`no answer within ${answer.limit / 1000} s`);
  if (answer.kind === 'failed') throw new StepFailure(answer.error.message);
  throw new StepFailure('given up');
}

/** Lines that are kept for those who look for them. */
const MAX_LINES = 10_000;

/** What the module says while a script runs. What was found is not found again, nor what came before it. */
export class ReceivedLines {
  #lines: string[] = [];
  #changed = deferred<void>();

  push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
    this.#wake();
  }

  /** Forgets what has come. */
  clear(): void {
    this.#lines = [];
  }

  /** Lines that came since `clear` and were not passed over. */
  get waiting(): readonly string[] {
    return this.#lines;
  }

  /** The first line that the test finds something in; undefined when the signal aborts before one comes. */
  async find<T>(test: (line: string) => T | undefined, signal: AbortSignal): Promise<T | undefined> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        for (const [index, line] of this.#lines.entries()) {
          const found = test(line);
          if (found === undefined) continue;
          this.#lines.splice(0, index + 1);
          return found;
        }
        if (signal.aborted) return undefined;
        await this.#changed.promise;
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #wake(): void {
    const changed = this.#changed;
    this.#changed = deferred<void>();
    changed.resolve();
  }
}

/** Why a step of a script failed; `line` of the script, if it is another one than that of the step. */
class StepFailure extends Error {
  readonly line: number | undefined;

  constructor(reason: string, line?: number) {
    super(reason);
    this.line = line;
  }
}
