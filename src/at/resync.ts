import type { CountedHeader, Line } from './line.js';
import { answeredProof, isProofEcho, PROOFS, proofName } from './proofs.js';
import { parseFinalResult } from './result-codes.js';

/** What the channel is to do; after `write` and `wait` it calls `elapsed` unless another event came first. */
export type ResyncAction =
  | { readonly type: 'write'; readonly bytes: Buffer; readonly wait: number }
  | { readonly type: 'wait'; readonly wait: number }
  | { readonly type: 'stay' }
  | { readonly type: 'in-step' }
  | { readonly type: 'gone' };

/** The command that ran out of time: its answer may still come. */
export interface LateCommand {
  /** The command line, without its line end. */
  readonly line: string;
  /** What its prompt asks for, unless that has been sent. */
  readonly payload?: Buffer | undefined;
  /** The header of its length-counted response. */
  readonly counted?: CountedHeader | undefined;
  owns(line: Line): boolean;
}

export interface ResyncOptions {
  /**
   * `late`: one command ran out of time, its answer may still come. `attention`: the module may be asleep, booting or
   * in any state; `AT` is sent until it answers. `wake`: the same, but nothing is outstanding.
   */
  readonly reason: 'late' | 'attention' | 'wake';
  /** Tries before the module is given up. */
  readonly tries: number;
  /** ms from one try to the next; up to `MAX_WAIT` times as long while several proofs are outstanding. */
  readonly interval: number;
  readonly late?: LateCommand | undefined;
  /** A resynchronisation failed before: answers to its proofs may still come, all at once. */
  readonly stale?: boolean;
}

const TERMINATOR = '\r\n';
const ESC = '\x1b';

/** Longest wait, in intervals. A module that takes 0.5 s for each answer (dialect section 1 [T]) must catch up. */
const MAX_WAIT = 4;

/** Proofs sent in silence before a module that may sit at a lost prompt is filled up. */
const PROOFS_BEFORE_FILLING = 2;

const STAY: ResyncAction = { type: 'stay' };
const IN_STEP: ResyncAction = { type: 'in-step' };

/**
 * Brings the answers of the module back into step with the commands, without I/O and timers (lessons rows 3, 6, 13).
 * The module works strictly one command after the other, so the answer to a proof, known by its prefix, comes after
 * everything that was outstanding before it. The two sides are in step when the last proof sent is answered.
 */
export class Resync {
  readonly #options: ResyncOptions;
  /** The name of the late command: the proof must not look like its answer. */
  readonly #avoid: string | undefined;
  readonly #proofs: readonly string[];
  #late: LateCommand | undefined;
  #unsent: Buffer | undefined;
  #attention: boolean;
  #escaped = false;
  #tries = 0;
  #proofsSent = 0;
  /** Names of the proofs sent and not answered, oldest first. */
  #outstanding: string[] = [];
  /** The proof whose line came; its final result code is still to come. */
  #answered: string | undefined;
  /** What final result codes came since the last proof was sent. */
  #heard: 'nothing' | 'no proof' | 'older proof' = 'nothing';
  #refusals = 0;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#attention = options.reason !== 'late';
    this.#late = options.late;
    this.#unsent = options.late?.payload;
    this.#avoid = /^AT(\+\w+)/i.exec(options.late?.line ?? '')?.[1]?.toUpperCase();
    this.#proofs = PROOFS.filter((proof) => proofName(proof) !== this.#avoid);
  }

  /** Whether a prompt would be understood. */
  get expectsPrompt(): boolean {
    return this.#unsent !== undefined;
  }

  /** The header of the late command's response: what stands in its payload is no final result code. */
  get countedHeader(): CountedHeader | undefined {
    return this.#late?.counted;
  }

  /** A late command first gets time in silence, at a prompt more: there, whatever is said becomes part of a message. */
  start(): ResyncAction {
    if (this.#late === undefined) return this.#attention ? this.#sendAttention() : this.#wait(1);
    return this.#wait(this.#unsent === undefined ? 1 : MAX_WAIT);
  }

  /**
   * True if the line is part of the resynchronisation: an echo, a proof's line, a final result code, or a line of the
   * late command, which must not be taken for a result or a URC that looks alike (lessons row 1).
   */
  takes(line: Line): boolean {
    if (line.payload === undefined && isPart(line.text)) return true;
    return this.#late !== undefined && (line.text === this.#late.line || this.#late.owns(line));
  }

  /** A line that `takes` approved. */
  line(line: Line): ResyncAction {
    if (line.payload !== undefined) return STAY;
    if (parseFinalResult(line.text) === undefined) {
      const name = answeredProof(line.text);
      if (name !== this.#avoid) this.#answered = name ?? this.#answered;
      return STAY;
    }
    const answered = this.#answered;
    this.#answered = undefined;
    this.#late = undefined;
    this.#unsent = undefined;
    if (this.#attention) return this.#attended();
    if (answered !== undefined) return this.#proven(answered);
    // Nothing was asked since the late command: this is its answer, and nothing else is outstanding.
    if (this.#options.reason === 'late' && this.#proofsSent === 0) return IN_STEP;
    this.#heard = 'no proof';
    return this.#wait(this.#outstanding.length);
  }

  /**
   * The late prompt: the module waits for the payload and takes whatever comes as such. It gets what it asked for:
   * ESC first, as one could try [A], would reach the broker as part of a message on a module that does not know it.
   */
  prompt(): ResyncAction {
    const bytes = this.#unsent;
    if (bytes === undefined) return STAY;
    this.#unsent = undefined;
    return { type: 'write', bytes, wait: this.#options.interval };
  }

  /** The wait of the last action is over. */
  elapsed(): ResyncAction {
    const refused = this.#heard === 'no proof' && this.#outstanding.length > 0;
    this.#refusals = refused ? this.#refusals + 1 : 0;
    // Two proofs were refused, each followed by silence: the module proves nothing, but has nothing left to say.
    if (this.#refusals === 2) return IN_STEP;
    // It spoke and fell silent: what it has not answered by now is lost.
    if (this.#heard !== 'nothing') this.#outstanding = [];
    if (this.#tries >= this.#options.tries) return { type: 'gone' };
    return this.#leaveDataMode() ?? (this.#attention ? this.#sendAttention() : this.#sendProof());
  }

  /** The wait is over, but the stream has not taken what was written before: more would only pile up. */
  blocked(): ResyncAction {
    this.#tries += 1;
    return this.#tries >= this.#options.tries ? { type: 'gone' } : this.#wait(1);
  }

  /** The module restarted: nothing is outstanding any more, and it takes a while until it answers. */
  restarted(): void {
    this.#late = undefined;
    this.#unsent = undefined;
    this.#outstanding = [];
    this.#answered = undefined;
    this.#heard = 'nothing';
    this.#attention = true;
  }

  #attended(): ResyncAction {
    if (this.#options.reason === 'wake' && this.#tries === 1) return IN_STEP;
    this.#attention = false;
    this.#tries = 0;
    return this.#options.stale === true ? this.#wait(1) : this.#sendProof();
  }

  #proven(name: string): ResyncAction {
    const at = this.#outstanding.indexOf(name);
    this.#outstanding = this.#outstanding.slice(at + 1);
    if (at >= 0 && this.#outstanding.length === 0) return IN_STEP;
    this.#heard = 'older proof';
    return this.#wait(this.#outstanding.length);
  }

  #sendAttention(): ResyncAction {
    this.#tries += 1;
    return this.#write(`AT${TERMINATOR}`, 1);
  }

  #sendProof(): ResyncAction {
    const proof = this.#proofs[this.#proofsSent % this.#proofs.length] ?? PROOFS[0];
    this.#tries += 1;
    this.#proofsSent += 1;
    this.#heard = 'nothing';
    this.#outstanding.push(proofName(proof));
    return this.#write(`AT${proof}${TERMINATOR}`, this.#outstanding.length);
  }

  /**
   * Silence, and the late command wanted a payload: the module may sit at a prompt that got lost and eat what we say.
   * ESC first, then as many bytes as it can still miss [A, dialect section 5]: CR, harmless outside data mode.
   */
  #leaveDataMode(): ResyncAction | undefined {
    const unsent = this.#unsent;
    if (unsent === undefined) return undefined;
    if (!this.#escaped) {
      this.#escaped = true;
      return this.#write(ESC, 1);
    }
    if (this.#tries < PROOFS_BEFORE_FILLING) return undefined;
    this.#unsent = undefined;
    return this.#write('\r'.repeat(unsent.length), 1);
  }

  #write(text: string, intervals: number): ResyncAction {
    return { ...this.#wait(intervals), type: 'write', bytes: Buffer.from(text, 'latin1') };
  }

  #wait(intervals: number): { readonly type: 'wait'; readonly wait: number } {
    return { type: 'wait', wait: this.#options.interval * Math.min(Math.max(intervals, 1), MAX_WAIT) };
  }
}

function isPart(text: string): boolean {
  return parseFinalResult(text) !== undefined || answeredProof(text) !== undefined || isProofEcho(text);
}
