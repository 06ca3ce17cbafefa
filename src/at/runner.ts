import { ModemError } from '../errors/modem-error.js';
import type { ChannelStats } from './channel-stats.js';
import { type Echo, Exchange } from './exchange.js';
import type { Job } from './job.js';
import type { CountedHeader, Line } from './line.js';
import type { Link } from './link.js';
import { PriorityQueue } from './queue.js';
import type { FinalResult } from './result-codes.js';
import type { ResultStages } from './result-stages.js';
import { Resync, type ResyncAction, type ResyncOptions } from './resync.js';
import { settle } from './settle.js';

/** V.250 5.2.1 wants CR; the LF behind it is what the traces of these modules show [T], and is ignored by V.250. */
const TERMINATOR = '\r\n';

/** Writing a byte takes about 1 ms at 9600 baud; twice that is allowed for a long line on top of the limit. */
const WRITE_MS_PER_BYTE = 2;

export interface RunnerOptions {
  readonly gap: number;
  readonly wakeAfter: number;
  readonly writeLimit: number;
  readonly resync: { readonly tries: number; readonly interval: number };
}

export interface RunnerHooks {
  /** The resynchronisation ended; false: the module does not answer, and all that was queued has been rejected. */
  synchronised(inStep: boolean): void;
}

interface Running {
  readonly job: Job;
  readonly exchange: Exchange;
}

/** Takes jobs from the queue one at a time, and brings the two sides back into step in between. */
export class Runner {
  readonly #link: Link;
  readonly #results: ResultStages;
  readonly #stats: ChannelStats;
  readonly #options: RunnerOptions;
  readonly #hooks: RunnerHooks;
  readonly #queue = new PriorityQueue<Job>();
  #running: Running | undefined;
  #resync: Resync | undefined;
  /** A resynchronisation that was asked for. */
  #due: ResyncOptions | undefined;
  /** The module must be found again before the next job. */
  #outOfStep = false;
  #timer: NodeJS.Timeout | undefined;
  #gapTimer: NodeJS.Timeout | undefined;
  #echo: Echo = 'unknown';
  #lastTraffic = performance.now();

  constructor(
    link: Link,
    results: ResultStages,
    stats: ChannelStats,
    options: RunnerOptions,
    hooks: RunnerHooks,
  ) {
    this.#link = link;
    this.#results = results;
    this.#stats = stats;
    this.#options = options;
    this.#hooks = hooks;
  }

  /** Jobs that have not started. */
  get queued(): number {
    return this.#queue.size;
  }

  /** The header of the length-counted response that the running command expects. */
  get countedHeader(): CountedHeader | undefined {
    return this.#running?.job.request.counted;
  }

  enqueue(job: Job): void {
    this.#queue.push(job, job.priority);
    this.#next();
  }

  /** Takes a job back that has not started; false if it has. */
  withdraw(job: Job): boolean {
    return this.#queue.remove(job);
  }

  /** Asks for a resynchronisation as soon as the running command is over, before any queued one. */
  resynchronise(options: ResyncOptions): void {
    this.#due = options;
    this.#next();
  }

  /** Forgets everything and returns the jobs, the running one first. Nothing is in step any more. */
  drain(): Job[] {
    clearTimeout(this.#timer);
    clearTimeout(this.#gapTimer);
    const running = this.#running === undefined ? [] : [this.#running.job];
    this.#running = undefined;
    this.#resync = undefined;
    this.#gapTimer = undefined;
    this.#link.expectPrompt = false;
    this.#echo = 'unknown';
    this.#due = undefined;
    this.#outOfStep = true;
    return [...running, ...this.#queue.drain()];
  }

  /** True if the line belongs to the running command or to the resynchronisation. */
  line(line: Line): boolean {
    this.#lastTraffic = performance.now();
    if (this.#resync !== undefined) {
      if (line.payload !== undefined || !this.#resync.takes(line.text)) return false;
      this.#act(this.#resync.line(line.text));
      return true;
    }
    const verdict = this.#running?.exchange.line(line) ?? 'refused';
    if (verdict === 'taken') return true;
    if (verdict === 'refused') return false;
    if (verdict === 'stray') this.#stats.strayResults += 1;
    else this.#finish(verdict);
    return true;
  }

  prompt(): void {
    if (this.#resync !== undefined) return this.#act(this.#resync.prompt());
    const running = this.#running;
    const payload = running?.exchange.prompt();
    if (running === undefined || payload === undefined) return;
    this.#link.expectPrompt = false;
    this.#write(running, payload);
  }

  #next(): void {
    if (this.#running !== undefined || this.#resync !== undefined || this.#gapTimer !== undefined) return;
    if (this.#due !== undefined) return this.#startResync(this.#due);
    if (this.#queue.size === 0) return;
    const { wakeAfter, resync } = this.#options;
    if (this.#outOfStep) return this.#startResync({ reason: 'attention', ...resync });
    if (wakeAfter > 0 && performance.now() - this.#lastTraffic > wakeAfter) {
      return this.#startResync({ reason: 'wake', ...resync });
    }
    const job = this.#queue.shift();
    if (job !== undefined) this.#start(job);
  }

  #start(job: Job): void {
    const { line, payload, owns } = job.request;
    const exchange = new Exchange({ line, payload, owns, echo: this.#echo });
    this.#running = { job, exchange };
    job.lines = exchange.lines;
    this.#stats.commands += 1;
    this.#write(this.#running, Buffer.from(line + TERMINATOR, 'latin1'));
  }

  #write(running: Running, bytes: Buffer): void {
    this.#enter(running, 'write', this.#options.writeLimit + bytes.length * WRITE_MS_PER_BYTE);
    this.#link.write(bytes, () => {
      if (this.#running === running) this.#onWritten(running);
    });
  }

  #onWritten(running: Running): void {
    const { job, exchange } = running;
    const first = exchange.state === 'writing';
    exchange.written();
    if (first && !job.settled) this.#results.expect(job);
    const { prompt, response } = job.request.limits;
    if (exchange.state === 'prompt') {
      this.#link.expectPrompt = true;
      this.#enter(running, 'prompt', prompt ?? response);
    } else {
      this.#enter(running, 'response', response);
    }
  }

  #enter(running: Running, stage: 'write' | 'prompt' | 'response', limit: number): void {
    running.job.stage = stage;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#expire(running, limit), limit);
  }

  #expire({ job, exchange }: Running, limit: number): void {
    if (!job.settled) this.#stats.timeouts[job.stage] += 1;
    job.reject(job.timeoutError(limit));
    this.#results.forget(job);
    if (!exchange.echoSeen) this.#echo = 'unknown';
    this.#running = undefined;
    this.#startResync({
      reason: 'late',
      payload: exchange.state === 'prompt' ? job.request.payload : undefined,
      avoid: /^AT(\+\w+)/.exec(job.request.line)?.[1],
      ...this.#options.resync,
    });
  }

  #finish(final: FinalResult): void {
    const running = this.#running;
    if (running === undefined) return;
    clearTimeout(this.#timer);
    this.#link.expectPrompt = false;
    this.#running = undefined;
    const { job, exchange } = running;
    this.#echo = /^ATE/i.test(job.request.line) ? 'unknown' : exchange.echoSeen ? 'on' : 'off';
    settle(job, exchange, final, this.#results);
    if (this.#options.gap === 0) return this.#next();
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = undefined;
      this.#next();
    }, this.#options.gap);
  }

  #startResync(options: ResyncOptions): void {
    this.#due = undefined;
    this.#resync = new Resync(options);
    this.#stats.resyncs += 1;
    this.#act(this.#resync.start());
  }

  #act(action: ResyncAction): void {
    const resync = this.#resync;
    if (resync === undefined || action.type === 'stay') return;
    clearTimeout(this.#timer);
    this.#link.expectPrompt = resync.expectsPrompt;
    if (action.type === 'in-step' || action.type === 'gone') {
      this.#link.expectPrompt = false;
      this.#resync = undefined;
      if (action.type === 'gone') this.#giveUp();
      else this.#outOfStep = false;
      this.#hooks.synchronised(action.type === 'in-step');
      return this.#next();
    }
    if (action.type === 'write') this.#link.write(action.bytes, () => {});
    this.#timer = setTimeout(() => this.#act(resync.elapsed()), action.wait);
  }

  /** The next command will first try to get the module's attention again. */
  #giveUp(): void {
    for (const job of [...this.drain(), ...this.#results.drain()]) {
      job.reject(new ModemError('NOT_RESPONDING', 'the module does not answer AT', job.context()));
    }
  }
}
