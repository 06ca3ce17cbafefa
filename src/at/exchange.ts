import type { Line } from './line.js';
import { type FinalResult, parseFinalResult } from './result-codes.js';

/** Whether the TA repeats the command line: V.250 6.2.4. */
export type Echo = 'on' | 'off' | 'unknown';

/** V.250 6.2.4: `E` may stand with other basic commands, and `Z`, `&F` reset it. Extended commands leave it alone. */
export function mayChangeEcho(line: string): boolean {
  return /^AT[a-z&]|;/i.test(line);
}

/** Lines that one response keeps: a flood of lines that nobody else wants must not eat memory. */
const MAX_LINES = 1000;

export type ExchangeState = 'writing' | 'prompt' | 'payload' | 'response' | 'done';

export interface ExchangeRequest {
  /** The command line, wire text without its line end. */
  readonly line: string;
  /** Raw bytes to send after a prompt. */
  readonly payload?: Buffer | undefined;
  readonly echo: Echo;
  /** Whether a line belongs to the information text response. */
  owns(line: Line): boolean;
}

/**
 * What the exchange says to a line: `taken` (echo or information text), `refused` (somebody else's), `stray` (a
 * final result code that cannot be the answer), or the final result code that ends the exchange.
 */
export type Verdict = 'taken' | 'refused' | 'stray' | FinalResult;

/**
 * The command machine: one command line from its first byte to its final result code, without I/O and timers.
 * It decides whose a line is (lessons.md 1, 2, 15, 16): nothing that comes before the command line is fully
 * written belongs to it, and where the TA echoes, nothing before the echo.
 */
export class Exchange {
  readonly lines: Line[] = [];
  readonly #request: ExchangeRequest;
  #state: ExchangeState = 'writing';
  #echoSeen = false;
  #prompted = false;
  /** A prompt overtook the report that the command line is written. */
  #promptedEarly = false;

  constructor(request: ExchangeRequest) {
    this.#request = request;
  }

  get state(): ExchangeState {
    return this.#state;
  }

  get echoSeen(): boolean {
    return this.#echoSeen;
  }

  /** Whether the TA asked for the payload. */
  get prompted(): boolean {
    return this.#prompted;
  }

  /** Whether there is a payload that the TA has not asked for. */
  get unprompted(): boolean {
    return this.#request.payload !== undefined && !this.#prompted;
  }

  /** The command line, or the payload, is fully written. */
  written(): void {
    if (this.#state === 'writing') this.#state = this.#request.payload === undefined ? 'response' : 'prompt';
    else if (this.#state === 'payload') this.#state = 'response';
  }

  /** Whether the TA has asked for the payload before the command line was reported as written. */
  get promptedEarly(): boolean {
    return this.#promptedEarly;
  }

  /** The TA prompts: returns the payload to be written, or undefined if no prompt was due. */
  prompt(): Buffer | undefined {
    if (this.#state === 'writing') this.#promptedEarly = this.unprompted;
    if (this.#state !== 'prompt') return undefined;
    this.#state = 'payload';
    this.#prompted = true;
    return this.#request.payload;
  }

  line(line: Line): Verdict {
    const final = parseFinalResult(line.text);
    if (!this.#listening()) return final === undefined ? 'refused' : 'stray';
    if (this.#isEcho(line.text)) {
      this.#echoSeen = true;
      return 'taken';
    }
    if (this.#request.echo === 'on' && !this.#echoSeen) return final === undefined ? 'refused' : 'stray';
    if (final?.ok && this.#state === 'payload') return 'stray';
    if (final !== undefined) {
      this.#state = 'done';
      return final;
    }
    if (this.lines.length === MAX_LINES || !this.#request.owns(line)) return 'refused';
    this.lines.push(line);
    return 'taken';
  }

  #listening(): boolean {
    return this.#state !== 'writing' && this.#state !== 'done';
  }

  /** The echo comes once; where one is expected, it can stand behind garbage, but not at the end of a URC. */
  #isEcho(text: string): boolean {
    const { line, echo } = this.#request;
    if (this.#echoSeen) return false;
    if (text === line) return true;
    return echo !== 'off' && line.length > 2 && text.endsWith(line) && !/^[+^]/.test(text);
  }
}

/** What a line is while no command runs: a final result code then answers nothing. */
export function unasked(line: Line): 'stray' | 'refused' {
  return line.payload === undefined && parseFinalResult(line.text) !== undefined ? 'stray' : 'refused';
}
