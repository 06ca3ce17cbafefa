import { ModemError } from '../errors/modem-error.js';
import type { ChannelStats, RunnerOptions } from './channel-options.js';
import { type Echo, Exchange, mayChangeEcho, unasked } from './exchange.js';
import type { Job } from './job.js';
import { ANGLE_SPACE, type CountedHeader, type Line } from './line.js';
import type { Link } from './link.js';
import { PriorityQueue, type Sequence } from './queue.js';
import type { FinalResult } from './result-codes.js';
import { type ResultStages, settle } from './result-stages.js';
import type { LateCommand, OpenPrompt, ResyncOptions } from './resync-options.js';
import { Resynchroniser } from './resynchroniser.js';

/** V.250 5.2.1 wants CR; the LF behind it is what the traces of these modules show [T], and is ignored by V.250. */
const TERMINATOR = '\r\n';

/** A byte takes about 1 ms at 9600 baud; a payload can be on its way when all of it is written, held by the system. */
const LINE_MS_PER_BYTE = 2;

interface RunnerHooks {
  /** The resynchronisation ended; false: the module does not answer, and all that was queued has been rejected. */
  synchronised(inStep: boolean): void;
}

interface Running {
  readonly job: Job;
  readonly exchange: Exchange;
  /** When the last byte was written, by `performance.now()`. */
  written: number;
}

/** Takes jobs from the queue one at a time, and has the two sides brought back into step in between. */
export class Runner {
  readonly #link: Link;
  readonly #results: ResultStages;
  readonly #stats: ChannelStats;
  readonly #options: RunnerOptions;
  readonly #hooks: RunnerHooks;
  readonly #queue = new PriorityQueue<Job>();
  readonly #resync: Resynchroniser;
  #running: Running | undefined;
  /** The operation whose turn it is: only its jobs run. */
  #sequence: Sequence<Job> | undefined;
  /** A resynchronisation that was asked for. */
  #due: ResyncOptions | undefined;
  /** The prompt at which the module may be: nothing but a filler is written before that is settled. */
  #open: OpenPrompt | undefined;
  /** The module must be found again before the next job. */
  #outOfStep = false;
  #stageTimer: NodeJS.Timeout | undefined;
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
    this.#open = options.open;
    this.#resync = new Resynchroniser(link, (inStep) => this.#onResynchronised(inStep));
  }

  /** The header of the length-counted response that the running or the late command expects. */
  get countedHeader(): CountedHeader | undefined {
    return this.#running?.job.request.counted ?? this.#resync.countedHeader;
  }

  /** The prompt at which the module may be when nothing more is written. */
  get open(): OpenPrompt | undefined {
    return this.#running === undefined ? this.#open : openPrompt(this.#running.job, this.#running.exchange);
  }

  /** Whether what comes may be the echo of a filler. */
  get filled(): boolean {
    return this.#resync.filled;
  }

  /** `sequence`: of the operation that the job is part of. */
  enqueue(job: Job, sequence?: Sequence<Job>): void {
    const queue = sequence === undefined || sequence !== this.#sequence ? this.#queue : sequence.queue;
    queue.push(job, job.priority);
    this.#next();
  }

  /** The operation is over; what it has asked and nobody waits for runs in its turn. */
  release(sequence: Sequence<Job>): void {
    sequence.over = true;
    if (this.#sequence !== sequence) return;
    this.#sequence = undefined;
    for (const job of sequence.queue.drain()) this.#queue.push(job, job.priority);
    this.#next();
  }

  /** Takes a job back that has not started; false if it has. */
  withdraw(job: Job): boolean {
    return this.#queue.remove(job) || this.#sequence?.queue.remove(job) === true;
  }

  /** Asks for a resynchronisation as soon as the running command is over, before any queued one. */
  resynchronise(options: ResyncOptions): void {
    this.#due = options;
    this.#next();
  }

  /** Forgets everything and returns the jobs, the running one first. Nothing is in step any more. */
  drain(): Job[] {
    this.#resync.stop();
    this.#due = undefined;
    return this.#drainJobs();
  }

  /** The module restarted: as `drain`, but a resynchronisation that is under way or asked for goes on. */
  restarted(): Job[] {
    this.#resync.restarted();
    const jobs = this.#drainJobs();
    this.#open = undefined;
    this.#next();
    return jobs;
  }

  /** True if the line belongs to the running command or to the resynchronisation. */
  line(line: Line): boolean {
    this.#lastTraffic = performance.now();
    if (this.#resync.active) return this.#resync.line(line);
    const verdict = this.#running?.exchange.line(line) ?? unasked(line);
    if (verdict === 'taken') return true;
    if (verdict === 'refused') return false;
    if (verdict === 'stray') this.#stats.strayResults += 1;
    else this.#finish(verdict);
    return true;
  }

  prompt(): void {
    if (this.#resync.active) return this.#resync.prompt();
    const running = this.#running;
    const payload = running?.exchange.prompt();
    if (running === undefined || payload === undefined) return;
    this.#link.expectedPrompt = undefined;
    this.#write(running, payload);
  }

  #next(): void {
    if (this.#running !== undefined || this.#resync.active || this.#gapTimer !== undefined) return;
    if (this.#due !== undefined) {
      const due = this.#due;
      this.#due = undefined;
      return this.#resynchronise(due);
    }
    const queue = this.#sequence?.queue ?? this.#queue;
    if (queue.size === 0) return;
    const { wakeAfter } = this.#options;
    if (this.#outOfStep) return this.#resynchronise({ reason: 'attention' });
    if (wakeAfter > 0 && performance.now() - this.#lastTraffic > wakeAfter) {
      return this.#resynchronise({ reason: 'wake' });
    }
    const job = queue.shift();
    if (job?.request.turn !== undefined) this.#grant(job, job.request.turn);
    else if (job !== undefined) this.#start(job);
  }

  #grant(job: Job, sequence: Sequence<Job>): void {
    this.#sequence = sequence;
    job.resolve(undefined);
  }

  #start(job: Job): void {
    const { line, payload, owns } = job.request;
    const exchange = new Exchange({ line, payload, owns, echo: this.#echo });
    this.#running = { job, exchange, written: performance.now() };
    job.lines = exchange.lines;
    this.#stats.commands += 1;
    // A line of its own is gone by the time the command line is reported as written.
    const { prompt } = job.request.data ?? {};
    if (payload !== undefined && prompt?.wholeLine) this.#link.expectedPrompt = prompt;
    this.#write(this.#running, Buffer.from(line + TERMINATOR, 'latin1'));
  }

  #write(running: Running, bytes: Buffer): void {
    this.#enter(running, 'write', this.#options.writeLimit + bytes.length * LINE_MS_PER_BYTE);
    this.#link.write(bytes, () => {
      if (this.#running === running) this.#onWritten(running);
    });
  }

  #onWritten(running: Running): void {
    const { job, exchange } = running;
    if (exchange.state === 'writing' && !job.settled) this.#results.expect(job);
    exchange.written();
    running.written = performance.now();
    const { prompt, response } = job.request.limits;
    const underWay = exchange.prompted ? (job.request.payload?.length ?? 0) : 0;
    if (exchange.state === 'response')
      return this.#enter(running, 'response', response + underWay * LINE_MS_PER_BYTE);
    this.#enter(running, 'prompt', prompt ?? response);
    this.#link.expectedPrompt = job.request.data?.prompt ?? ANGLE_SPACE;
    if (exchange.promptedEarly) this.prompt();
  }

  #enter(running: Running, stage: 'write' | 'prompt' | 'response', limit: number): void {
    running.job.stage = stage;
    clearTimeout(this.#stageTimer);
    this.#stageTimer = setTimeout(() => this.#expire(running, limit), limit);
  }

  #expire({ job, exchange }: Running, limit: number): void {
    if (!job.settled) this.#stats.timeouts[job.stage] += 1;
    // A result proves that the module has taken the command for whole.
    const answered = this.#results.rescue(job);
    if (!answered) job.reject(job.timeoutError(limit));
    this.#results.forget(job);
    if (!answered) this.#open = openPrompt(job, exchange);
    this.#running = undefined;
    // What is not even written is not answered first: only a proof tells when it has been.
    const reason = exchange.state === 'writing' ? 'attention' : 'late';
    this.#resynchronise({ reason, late: lateCommand(job) });
  }

  #finish(final: FinalResult): void {
    const running = this.#running;
    if (running === undefined) return;
    clearTimeout(this.#stageTimer);
    this.#link.expectedPrompt = undefined;
    this.#running = undefined;
    const { job, exchange } = running;
    this.#stats.roundTrip.record(performance.now() - running.written);
    this.#echo = mayChangeEcho(job.request.line) ? 'unknown' : exchange.echoSeen ? 'on' : 'off';
    // If the module gave up with a part of the payload under way, it takes the rest for command lines and answers those.
    if (exchange.prompted && !final.ok) this.#outOfStep = true;
    settle(job, exchange, final, this.#results);
    // An OK that did not wait for the payload may be a stray one: the prompt can still come, and eat what is sent next.
    if (final.ok && exchange.unprompted) {
      this.#open = openPrompt(job, exchange);
      return this.#resynchronise({ reason: 'late', late: lateCommand(job) });
    }
    if (this.#options.gap === 0) return this.#next();
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = undefined;
      this.#next();
    }, this.#options.gap);
  }

  #resynchronise(options: Pick<ResyncOptions, 'reason' | 'late'> & Partial<ResyncOptions>): void {
    this.#echo = 'unknown';
    if (options.reason !== 'wake') this.#stats.resyncs += 1;
    this.#resync.start({ ...this.#options.resync, ...options, open: this.#open });
  }

  #onResynchronised(inStep: boolean): void {
    // The module may be found with the tries of the one that was asked for meanwhile.
    if (!inStep && this.#due !== undefined) return this.#next();
    this.#due = undefined;
    if (inStep) {
      this.#outOfStep = false;
      this.#open = undefined;
    } else this.#giveUp();
    this.#hooks.synchronised(inStep);
    this.#next();
  }

  /** The next command will first try to get the module's attention again. */
  #giveUp(): void {
    for (const job of [...this.drain(), ...this.#results.drain()]) {
      job.reject(new ModemError('NOT_RESPONDING', 'the module does not answer AT', job.context()));
    }
  }

  #drainJobs(): Job[] {
    clearTimeout(this.#gapTimer);
    clearTimeout(this.#stageTimer);
    this.#gapTimer = undefined;
    this.#link.expectedPrompt = undefined;
    this.#echo = 'unknown';
    this.#outOfStep = true;
    this.#open = this.open;
    const running = this.#running === undefined ? [] : [this.#running.job];
    this.#running = undefined;
    const sequence = this.#sequence;
    this.#sequence = undefined;
    if (sequence !== undefined) sequence.over = true;
    return [...running, ...(sequence?.queue.drain() ?? []), ...this.#queue.drain()];
  }
}

/** What a resynchronisation must know of a command whose answer, or prompt, may still come. */
function lateCommand({ request }: Job): LateCommand {
  const { line, counted, owns } = request;
  return { line, counted, owns };
}

/**
 * The prompt at which the module may be for as long as the command is not answered. A line without a payload that lost
 * bytes on its way can lead to one as well: `"t",1,"5"` becomes `"t",15`.
 */
export function openPrompt({ request }: Job, exchange: Exchange): OpenPrompt | undefined {
  const { data, payload } = request;
  return data && { ...data, payload: exchange.unprompted ? payload : undefined };
}
