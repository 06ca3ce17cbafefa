import type { Duplex } from 'node:stream';
import { sequenceOf } from './payloads.js';

/** The start of a downlink in its counted form: lmqtt.md 6. */
const HEADER = /\r\n\+LMQTTURC: RECV,0,\d+,"([^"\r\n]*)",(\d{1,4}),/g;

/** More than the longest downlink of a run. */
const WINDOW = 8 * 1024;

/**
 * Listens on the serial line beside the driver and tells which downlinks came over it whole, line ends included: these
 * the driver has to deliver. It shares no code with the driver.
 */
export class WireTap {
  readonly #seen: (topic: string, sequence: number) => void;
  #text = '';

  constructor(seen: (topic: string, sequence: number) => void) {
    this.#seen = seen;
  }

  /** A new stream: what an old one left unfinished stays so. */
  attach(stream: Duplex): Duplex {
    this.#text = '';
    // Unlike `on`, this does not set the stream flowing before the driver listens.
    stream.prependListener('data', (bytes: Buffer) => this.#listen(bytes));
    return stream;
  }

  #listen(bytes: Buffer): void {
    this.#text = (this.#text + bytes.toString('latin1')).slice(-WINDOW);
    // A header that is damaged or cut short may claim what stands behind it: each is tried.
    for (let at = 0; ; ) {
      HEADER.lastIndex = at;
      const match = HEADER.exec(this.#text);
      if (match === null) return;
      const end = this.#take(match);
      if (end !== undefined) this.#text = this.#text.slice(end);
      at = end === undefined ? match.index + 2 : 0;
    }
  }

  /** The end of a downlink that is there whole. */
  #take({ 0: header, 1: topic = '', 2: length, index }: RegExpExecArray): number | undefined {
    const start = index + header.length;
    const end = start + Number(length);
    if (!this.#text.startsWith('\r\n', end)) return undefined;
    const sequence = sequenceOf(Buffer.from(this.#text.slice(start, end), 'latin1'));
    if (sequence === undefined) return undefined;
    this.#seen(topic, sequence);
    return end;
  }
}
