import type { Registration } from '../../../modem/registration.js';
import type { Invocation } from '../../invocation.js';
import { LiveFrame } from '../../live-frame.js';
import { localIso } from '../../local-time.js';
import type { GlobalOptions } from '../../options/global-options.js';
import type { Output } from '../../output.js';
import { registrationText, signalRecord } from '../facts.js';
import { graphRows, type Ramp, rampFor, screenLines } from './graph.js';
import { History, levelText, type Reading, readingText } from './reading.js';

/** What shows the signal as it goes. */
export interface WatchView {
  reading(reading: Reading): void | Promise<void>;
  /** The registration at the beginning, and each one after that; `at` is ms since 1970. */
  registration(registration: Registration, at: number): void | Promise<void>;
  /** Something that happened to the module. */
  note(text: string, at: number): void | Promise<void>;
  /** Leaves a sane terminal behind. */
  close(): void;
}

/**
 * JSON if it is asked for; the live graph on a terminal; lines in a pipe, on a terminal whose cursor does not move, and
 * with `--debug`, whose lines would run through the graph. `interval` in ms.
 */
export function makeWatchView(
  { json = false, debug = false }: GlobalOptions,
  interval: number,
  { output }: Pick<Invocation, 'output'>,
  terminal: NodeJS.WriteStream,
): WatchView {
  if (json) return new JsonWatch(output);
  if (!terminal.isTTY) return new PlainWatch(output);
  const ramp = rampFor(process.env);
  // Some serial consoles say that they have no columns.
  const columns = terminal.columns > 0 ? terminal.columns : 80;
  const still = debug || process.env.TERM === 'dumb' || columns !== terminal.columns;
  return still ? new DumbWatch(output, ramp, columns) : new LiveWatch(terminal, interval, ramp);
}

/** A picture that is drawn over and over; what happens stands above it as lines that stay. */
class LiveWatch implements WatchView {
  readonly #stream: NodeJS.WriteStream;
  readonly #interval: number;
  readonly #ramp: Ramp;
  readonly #frame: LiveFrame;
  readonly #history = new History();
  readonly #redraw = () => this.#draw();
  #registration: Registration | undefined;

  /** `interval` in ms, to be shown. */
  constructor(stream: NodeJS.WriteStream, interval: number, ramp: Ramp) {
    this.#stream = stream;
    this.#interval = interval;
    this.#ramp = ramp;
    this.#frame = new LiveFrame(stream, this.#redraw);
    stream.on('resize', this.#redraw);
    this.#draw();
  }

  reading(reading: Reading): void {
    this.#history.add(reading);
    this.#draw();
  }

  registration(registration: Registration, at: number): void {
    if (this.#registration !== undefined) this.note(`network ${registrationText(registration)}`, at);
    this.#registration = registration;
    this.#draw();
  }

  note(text: string, at: number): void {
    this.#frame.persist(`${localIso(new Date(at))}  ${text}`);
    this.#draw();
  }

  /** The last picture stays. */
  close(): void {
    this.#stream.off('resize', this.#redraw);
    this.#frame.close({ keep: true });
  }

  #draw(): void {
    const picture = {
      history: this.#history,
      registration: this.#registration,
      interval: this.#interval,
    };
    this.#frame.draw(screenLines(picture, this.#stream.columns, this.#ramp));
  }
}

/** One JSON object a line. */
class JsonWatch implements WatchView {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  reading({ at, signal }: Reading): Promise<void> {
    return this.#write(at, { signal: signal === undefined ? null : signalRecord(signal) });
  }

  registration(registration: Registration, at: number): Promise<void> {
    return this.#write(at, { registration });
  }

  note(text: string, at: number): Promise<void> {
    return this.#write(at, { note: text });
  }

  close(): void {}

  #write(at: number, fact: object): Promise<void> {
    return this.#output.json({ time: new Date(at).toISOString(), ...fact });
  }
}

/** A line of text each. */
class PlainWatch implements WatchView {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  reading(reading: Reading): Promise<void> {
    return this.#write(reading.at, readingText(reading));
  }

  registration(registration: Registration, at: number): Promise<void> {
    return this.#write(at, `network ${registrationText(registration)}`);
  }

  note(text: string, at: number): Promise<void> {
    return this.#write(at, text);
  }

  close(): void {}

  #write(at: number, text: string): Promise<void> {
    return this.#output.line(timed(at, text));
  }
}

/** The same for a terminal without a cursor to move: the graph stands at the end of each line, as far as there is room. */
class DumbWatch extends PlainWatch {
  readonly #output: Output;
  readonly #ramp: Ramp;
  readonly #columns: number;
  readonly #history = new History();

  constructor(output: Output, ramp: Ramp, columns: number) {
    super(output);
    this.#output = output;
    this.#ramp = ramp;
    this.#columns = columns;
  }

  override reading(reading: Reading): Promise<void> {
    this.#history.add(reading);
    const { values, measure } = this.#history;
    const text = timed(reading.at, levelText(reading, measure));
    // The last column would make some terminals wrap.
    const room = this.#columns - text.length - 3;
    const shown = room > 0 ? values.slice(-room) : [];
    const [graph = ''] = graphRows(shown, { rows: 1, ...measure }, this.#ramp);
    return this.#output.line(`${text}  ${graph}`.trimEnd());
  }
}

function timed(at: number, text: string): string {
  return `${localIso(new Date(at))}  ${text}`;
}
