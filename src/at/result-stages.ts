import { CommandError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Exchange } from './exchange.js';
import type { Job, JobResult, Refused } from './job.js';
import type { Line } from './line.js';
import type { FinalResult } from './result-codes.js';
import type { Urc } from './urc.js';

interface Entry {
  readonly job: Job;
  readonly result: JobResult;
  /** The result, if it came; `OK` may still be missing. */
  arrived: { readonly value: unknown } | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The second stages under way (lessons.md 4), oldest first. A result is looked for from the moment the command line
 * is written, as it can come before the `OK` [T]; the first one stands, and completes the oldest that it matches.
 */
export class ResultStages {
  readonly #entries = new Map<Job, Entry>();
  /** Those whose result has not come, by its URC: a line is parsed once for each, however many wait. */
  readonly #waiting = new Map<Urc<unknown>, Set<Entry>>();
  readonly #expired: (job: Job, limit: number) => void;

  /** `expired` is called when the limit for a result ran out; the stage is forgotten by then. */
  constructor(expired: (job: Job, limit: number) => void) {
    this.#expired = expired;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The command line is written. */
  expect(job: Job): void {
    const { result } = job.request;
    if (result === undefined) return;
    const entry: Entry = { job, result, arrived: undefined, timer: undefined };
    this.#entries.set(job, entry);
    const waiting = this.#waiting.get(result.urc) ?? new Set();
    this.#waiting.set(result.urc, waiting.add(entry));
  }

  /** The command was accepted with `OK`. */
  accept(job: Job): void {
    const entry = this.#entries.get(job);
    if (entry === undefined) return;
    job.stage = 'result';
    job.onAccepted?.();
    if (entry.arrived !== undefined) this.#complete(entry, entry.arrived.value);
    else this.#wait(entry);
  }

  #wait(entry: Entry): void {
    const { job } = entry;
    const limit = job.request.limits.result;
    if (limit === undefined) return;
    entry.timer = setTimeout(() => {
      this.forget(job);
      this.#expired(job, limit);
    }, limit);
  }

  /** Something goes on: the limit starts anew, if it has started. */
  #restart(entry: Entry): void {
    if (entry.timer === undefined) return;
    clearTimeout(entry.timer);
    this.#wait(entry);
  }

  /** `OK` did not come in time: a result that did proves all the same what became of the command. False if none did. */
  rescue(job: Job): boolean {
    const entry = this.#entries.get(job);
    if (entry?.arrived === undefined) return false;
    this.#complete(entry, entry.arrived.value);
    return true;
  }

  /** The request is over, whether its result comes or not; false if it was not known. */
  forget(job: Job): boolean {
    const entry = this.#entries.get(job);
    if (entry === undefined) return false;
    clearTimeout(entry.timer);
    this.#awaitNoMore(entry);
    return this.#entries.delete(job);
  }

  /** Forgets all and returns them. */
  drain(): Job[] {
    const jobs = [...this.#entries.keys()];
    for (const job of jobs) this.forget(job);
    return jobs;
  }

  /** Whether a request waits for this line. */
  claims(line: Line): boolean {
    return this.#find(line) !== undefined;
  }

  /** Hands the line to the request that waits for it; false if none does. */
  dispatch(line: Line): boolean {
    const found = this.#find(line);
    if (found === undefined) return false;
    const { entry, value } = found;
    if (entry.result.intermediate(value)) this.#restart(entry);
    else if (entry.job.stage === 'result') this.#complete(entry, value);
    else {
      entry.arrived = { value };
      this.#awaitNoMore(entry);
    }
    return true;
  }

  #complete(entry: Entry, value: unknown): void {
    this.forget(entry.job);
    entry.job.resolve(value);
  }

  #awaitNoMore(entry: Entry): void {
    const { urc } = entry.result;
    const waiting = this.#waiting.get(urc);
    waiting?.delete(entry);
    if (waiting?.size === 0) this.#waiting.delete(urc);
  }

  #find(line: Line): { entry: Entry; value: unknown } | undefined {
    for (const [urc, waiting] of this.#waiting) {
      const value = urc.parse(line);
      if (value === undefined) continue;
      for (const entry of waiting) if (entry.result.matches(value)) return { entry, value };
    }
    return undefined;
  }
}

/** What a final result code means for its job: failure, the value of the response, or the wait for the result URC. */
export function settle(job: Job, exchange: Exchange, final: FinalResult, results: ResultStages): void {
  if (!final.ok) {
    if (job.request.result?.beforeError && results.rescue(job)) return;
    results.forget(job);
    const { number, meaning } = detailOf(job, exchange) ?? final;
    job.reject(new CommandError(final.text, number, meaning, job.context()));
  } else if (exchange.unprompted) {
    results.forget(job);
    job.reject(badResponse(job, 'OK without asking for the payload'));
  } else if (job.request.result !== undefined) {
    results.accept(job);
  } else {
    complete(job, exchange);
  }
}

/** What the last line before a refusal says of it. */
function detailOf({ request }: Job, { lines }: Exchange): Refused | undefined {
  const last = lines.at(-1);
  return last && request.refusal?.(last);
}

/** A declaration that throws must not leave its request unsettled. */
function complete(job: Job, exchange: Exchange): void {
  let value: unknown;
  try {
    value = job.request.parse(exchange.lines);
  } catch (cause) {
    job.reject(badResponse(job, 'something that cannot be parsed', cause));
    return;
  }
  if (value === undefined) job.reject(badResponse(job, 'something that is not understood'));
  else job.resolve(value);
}

function badResponse(job: Job, what: string, cause?: unknown): ModemError {
  const context = { ...job.context(), cause };
  return new ModemError('BAD_RESPONSE', `${job.request.line}: the module answered ${what}`, context);
}
