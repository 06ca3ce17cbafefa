import type { Registration } from '../../../modem/registration.js';
import { LiveFrame } from '../../live-frame.js';
import { localIso } from '../../sub/local-time.js';
import { registrationText } from '../report.js';
import type { Ramp } from './graph.js';
import { History } from './history.js';
import type { Reading } from './reading.js';
import { screenLines } from './screen.js';
import type { WatchView } from './view.js';

/** A picture that is drawn over and over; what happens stands above it as lines that stay. */
export class LiveWatch implements WatchView {
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
