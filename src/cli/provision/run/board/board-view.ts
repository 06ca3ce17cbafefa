import type { StationTotals, UnitResult } from '../../../../provisioning/station/station-types.js';
import { LiveFrame } from '../../../live-frame.js';
import type { Bell, RunView } from '../view.js';
import { paintFor, type Size } from './line.js';
import { type Picture, screenLines } from './screen.js';

/** ms between two drawings at least: ten a second. */
const SHORTEST = 100;
/** ms; the clocks on the board go on by themselves. */
const TICK = 1000;

interface BoardSources {
  /** What there is to be seen now. */
  readonly picture: () => Picture;
  /** The last words: results that stand, and the totals. */
  readonly summary: (totals: StationTotals, at: number) => string;
  readonly bell: Bell;
}

/** The live board on a terminal. */
export class BoardView implements RunView {
  readonly #stream: NodeJS.WriteStream;
  readonly #sources: BoardSources;
  readonly #frame: LiveFrame;
  readonly #tick: NodeJS.Timeout;
  readonly #onResize = () => this.#startAfresh();
  #drawnAt = 0;
  #closed = false;
  #due: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream, sources: BoardSources) {
    this.#stream = stream;
    this.#sources = sources;
    this.#frame = new LiveFrame(stream, () => this.changed());
    this.#tick = setInterval(() => this.changed(), TICK);
    stream.on('resize', this.#onResize);
    this.changed();
  }

  changed(): void {
    if (this.#closed) return;
    this.#due ??= setTimeout(() => this.#draw(), Math.max(0, this.#drawnAt + SHORTEST - Date.now()));
  }

  result(result: UnitResult): void {
    this.#sources.bell.ring(result);
    this.changed();
  }

  note(): void {
    this.changed();
  }

  stopping(): void {
    this.changed();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#tick);
    clearTimeout(this.#due);
    this.#stream.off('resize', this.#onResize);
    this.#frame.close();
  }

  async end(totals: StationTotals, at: number): Promise<void> {
    this.close();
    const text = this.#sources.summary(totals, at);
    await new Promise<void>((resolve) => this.#stream.write(`${text}\n`, () => resolve()));
  }

  #draw(): void {
    this.#due = undefined;
    this.#drawnAt = Date.now();
    const lines = screenLines(this.#sources.picture(), sizeOf(this.#stream), paintFor(this.#stream));
    this.#frame.draw(lines);
  }

  #startAfresh(): void {
    this.#frame.startAfresh();
    this.changed();
  }
}

/** Room for the board. The cursor stands on the line behind it; a character in the last column would wrap somewhere. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: Math.max(0, columns - 1), rows: Math.max(0, rows - 1) };
}
