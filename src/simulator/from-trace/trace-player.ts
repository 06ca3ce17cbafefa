import { EventEmitter } from 'node:events';
import { DIALECTS } from '../../dialects/registry.js';
import { ArgumentError } from '../../errors/kinds.js';
import { maskSecrets } from '../../errors/secrets.js';
import { escapeBytes } from '../../util/escape.js';
import { SerialLine } from '../module/serial/serial-line.js';
import type { Recordings } from '../module/simulated-dialect.js';
import { type Port, servePort } from '../ports.js';
import type { Mismatch } from './differences.js';
import { Play } from './play.js';
import { loadScript, type Turn } from './script.js';

export type { Mismatch } from './differences.js';

export interface TracePlayerOptions {
  /** `memory:` (default), `memory:name`, `tcp://host:port` (0 is a free port) or `pty:/path/of/link`. */
  readonly listen?: string;
  /** How many times faster than recorded, default 1; `Infinity`: at once. Time limits of the TE stay as they are. */
  readonly speed?: number;
  /** The port, if the recording is one of a station. */
  readonly port?: string;
}

export interface TracePlayerEvents {
  /** A TE opened the port. */
  attached: [];
  /** The TE is gone. */
  detached: [];
  /** A command line or a payload was taken; wire text (latin1). */
  command: [text: string];
  mismatch: [mismatch: Mismatch];
  /** Everything has been played. */
  ended: [];
}

/** Mismatches that are kept. */
const MAX_MISMATCHES = 1000;

/**
 * Plays the module's side of a recording: waits for what the TE wrote, in order, and answers with the recorded bytes
 * after the recorded times; URCs come at their recorded distance. Begins when a TE attaches, and anew when one attaches
 * after the end, or begins as the recording does. Message ids and client ids may differ, and `***` stands for anything; all else is a `mismatch`.
 */
export class TracePlayer extends EventEmitter<TracePlayerEvents> {
  readonly #play: Play;
  readonly #line: SerialLine;
  readonly #mismatches: Mismatch[] = [];
  #port: Port | undefined;
  #closed: Promise<void> | undefined;

  private constructor(turns: readonly Turn[], recordings: Recordings, speed: number, unseen: boolean) {
    super();
    const handlers = {
      send: (text: string) => this.#line.send(Buffer.from(text, 'latin1')),
      taken: (text: string) => this.emit('command', text),
      mismatch: (mismatch: Mismatch) => this.#mismatch(mismatch),
      ended: () => this.emit('ended'),
    };
    this.#play = new Play(turns, recordings, speed, handlers, unseen);
    this.#line = new SerialLine(
      { baudRate: undefined, shape: (bytes) => [bytes], pieceDelay: () => 0 },
      {
        received: (bytes) => this.#play.received(bytes),
        attached: (present) => this.#attached(present),
      },
    );
  }

  /** Rejects with an `ArgumentError` for a file that is no trace, or as `SimulatedModem.start`. */
  static async start(file: string, options: TracePlayerOptions = {}): Promise<TracePlayer> {
    const { listen = 'memory:', speed = 1, port } = options;
    if (!(speed > 0)) throw new ArgumentError('speed', String(speed), 'above 0');
    const recordings = await allRecordings();
    const turns = await loadScript(file, port, recordings);
    const player = new TracePlayer(turns, recordings, speed, listen.startsWith('pty:'));
    player.#port = await servePort(listen, (stream) => player.#line.attach(stream));
    return player;
  }

  /** What a driver opens: `memory:…`, `tcp://…`, or the path of the pseudo-terminal. */
  get url(): string {
    return this.#port?.url ?? '';
  }

  /** In the order in which they came, the first thousand. */
  get mismatches(): readonly Mismatch[] {
    return this.#mismatches;
  }

  /** What the TE has written so far, and what it is to write, in command lines and payloads. */
  get progress(): { readonly played: number; readonly total: number } {
    return this.#play.progress;
  }

  /** Whether everything has been played. */
  get ended(): boolean {
    return this.#play.ended;
  }

  /** Stops and releases the port; idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#play.stop();
    this.#line.clear();
    await this.#port?.close();
  }

  #attached(present: boolean): void {
    this.emit(present ? 'attached' : 'detached');
    if (present) this.#play.begin();
  }

  #mismatch({ expected, received, ...rest }: Mismatch): void {
    const mismatch = {
      ...rest,
      expected: expected === undefined ? undefined : escapeBytes(maskSecrets(expected)),
      received: escapeBytes(maskSecrets(received)),
    };
    if (this.#mismatches.length < MAX_MISMATCHES) this.#mismatches.push(mismatch);
    this.emit('mismatch', mismatch);
  }
}

/** Of all dialects: a recording does not say which one it is of. */
async function allRecordings(): Promise<Recordings> {
  const all = await Promise.all(DIALECTS.map(async ({ simulated }) => (await simulated()).recordings));
  return {
    chosen: all.flatMap(({ chosen }) => chosen),
    results: all.flatMap(({ results }) => results),
    announcedLength: (line) =>
      all.map((one) => one.announcedLength(line)).find((length) => length !== undefined),
  };
}
