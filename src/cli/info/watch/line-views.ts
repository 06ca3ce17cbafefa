import type { Registration } from '../../../modem/registration.js';
import type { Output } from '../../output.js';
import { localIso } from '../../sub/local-time.js';
import { registrationText, signalRecord } from '../report.js';
import { graphRows, type Ramp } from './graph.js';
import { History } from './history.js';
import { levelText, type Reading, readingText } from './reading.js';
import type { WatchView } from './view.js';

/** One JSON object a line. */
export class JsonWatch implements WatchView {
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
export class PlainWatch implements WatchView {
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
export class DumbWatch extends PlainWatch {
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
