import type { TraceItem } from '../../transport/trace-reader.js';
import { delay } from '../../util/delay.js';
import type { Invocation } from '../invocation.js';
import type { ShowOptions } from './command.js';
import { type Moment, Playback } from './playback.js';
import { selectionOf } from './selection.js';
import { Summariser, summaryText } from './summary.js';
import { jsonView, textView, type View } from './views.js';

/** Items of a trace; `undefined`: the file was replaced, what comes now continues nothing. */
type TraceSource = AsyncIterable<readonly (TraceItem | undefined)[]>;

type Outside = Pick<Invocation, 'output' | 'signal'>;

/**
 * Shows a recording on stdout, or its summary, `speed` times faster than it was (infinity: at once). A reader that is
 * slow slows it down. Rejects as the source does, and with an `ArgumentError` for options that cannot be.
 */
export async function showTrace(
  source: TraceSource,
  options: ShowOptions,
  speed: number,
  outside: Outside,
): Promise<void> {
  const { json = false, summary = false } = options;
  const selected = selectionOf(options);
  if (summary) {
    const result = await summarise(source, selected, outside.signal);
    await (json ? outside.output.json(result) : outside.output.line(summaryText(result)));
    return;
  }
  const show = new Show(
    json ? jsonView() : textView(options.decode),
    new Pacer(speed, outside.signal),
    outside,
  );
  const remarks = options.filter === undefined && options.direction === undefined && options.urcs !== true;
  const playback = new Playback((moment) => {
    if (selected(moment)) show.add(moment);
  });
  for await (const items of source) {
    for (const item of items) {
      if (item === undefined) playback.restart();
      else playback.take(item);
      await show.moments();
      if (remarks && item !== undefined && item.kind !== 'entry') show.remark(item);
    }
    await show.flush();
    if (outside.signal.aborted) return;
  }
  playback.end();
  await show.moments();
  await show.flush();
}

async function summarise(source: TraceSource, selected: (moment: Moment) => boolean, signal: AbortSignal) {
  const summariser = new Summariser();
  const playback = new Playback((moment) => {
    if (selected(moment)) summariser.moment(moment);
  });
  for await (const items of source) {
    for (const item of items) {
      if (item === undefined) continue;
      playback.take(item);
      summariser.entry(item, playback.elapsed);
    }
    if (signal.aborted) break;
  }
  playback.end();
  return summariser.result();
}

/** What is ready to be shown goes out together: before a pause, and when the source has to be asked for more. */
class Show {
  readonly #view: View;
  readonly #pacer: Pacer;
  readonly #outside: Outside;
  #moments: Moment[] = [];
  #text = '';

  constructor(view: View, pacer: Pacer, outside: Outside) {
    this.#view = view;
    this.#pacer = pacer;
    this.#outside = outside;
  }

  add(moment: Moment): void {
    this.#moments.push(moment);
  }

  remark(item: Parameters<View['remark']>[0]): void {
    this.#text += this.#view.remark(item);
  }

  /** Shows the moments that were added, each when it is due. */
  async moments(): Promise<void> {
    if (this.#moments.length === 0) return;
    const moments = this.#moments;
    this.#moments = [];
    for (const moment of moments) {
      const wait = this.#pacer.wait(moment.elapsed);
      if (wait >= 1) {
        await this.flush();
        await this.#pacer.pass(wait);
      }
      if (this.#outside.signal.aborted) return;
      this.#text += this.#view.moment(moment);
    }
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await this.#outside.output.write(text);
  }
}

/** The longest time that a timer of Node can run, in ms. */
const MAX_TIMER = 2 ** 31 - 1;

/** When something is due that happened at some time of a recording. */
class Pacer {
  readonly #speed: number;
  readonly #signal: AbortSignal;
  readonly #began = performance.now();
  #first: number | undefined;

  /** `speed`: how many times faster than it was; infinity: at once. */
  constructor(speed: number, signal: AbortSignal) {
    this.#speed = speed;
    this.#signal = signal;
  }

  /** ms to wait for the moment `elapsed` (ms); the first one asked for is due at once. */
  wait(elapsed: number): number {
    this.#first ??= elapsed;
    const due = this.#began + (elapsed - this.#first) / this.#speed;
    return Math.max(0, due - performance.now());
  }

  /** Resolves when the time is over, or the signal aborts. */
  async pass(ms: number): Promise<void> {
    await delay(Math.min(ms, MAX_TIMER), this.#signal);
  }
}
