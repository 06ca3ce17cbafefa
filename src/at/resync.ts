import { parseFinalResult } from './result-codes.js';

/** What the channel is to do; after `write` and `wait` it calls `elapsed` unless another event came first. */
export type ResyncAction =
  | { readonly type: 'write'; readonly bytes: Buffer; readonly wait: number }
  | { readonly type: 'wait'; readonly wait: number }
  | { readonly type: 'stay' }
  | { readonly type: 'in-step' }
  | { readonly type: 'gone' };

export interface ResyncOptions {
  /**
   * `late`: one command ran out of time, its answer may still come. `attention`: the module may be asleep, booting or
   * in any state; `AT` is sent until it answers. `wake`: the same, but nothing is outstanding.
   */
  readonly reason: 'late' | 'attention' | 'wake';
  /** Tries before the module is given up. */
  readonly tries: number;
  /** ms from one try to the next. */
  readonly interval: number;
  /** The payload that the late command's prompt asks for, and what of it is unsent. */
  readonly payload?: Buffer | undefined;
  /** The name of the late command, e.g. `+CSQ`: the proof must not look like its answer. */
  readonly avoid?: string | undefined;
}

/**
 * Commands that answer with a line of their own on every module of the family (dialect section 7 [M]), and whose
 * name no URC bears. Each is `AT` + name.
 */
const PROOFS = ['+CSQ', '+CESQ', '+CGATT?'] as const;

const TERMINATOR = '\r\n';
const ESC = '\x1b';

/**
 * Brings the answers of the module back into step with the commands, without I/O and timers (lessons rows 3, 6, 13).
 * The module works strictly one command after the other, so the answer to a proof, known by its prefix, comes after
 * everything that was outstanding before it. The two sides are in step when the last proof sent is answered.
 */
export class Resync {
  readonly #options: ResyncOptions;
  readonly #proofs: readonly string[];
  /** Names of the proofs sent and not answered, oldest first. */
  #outstanding: string[] = [];
  #proofsSent = 0;
  #answered: string | undefined;
  #tries = 0;
  #finalSinceProof = false;
  #refusals = 0;
  #attention: boolean;
  #unsent: Buffer | undefined;
  #escaped = false;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#attention = options.reason !== 'late';
    this.#unsent = options.payload;
    this.#proofs = PROOFS.filter((proof) => nameOf(proof) !== options.avoid);
  }

  /** Whether a prompt would be understood. */
  get expectsPrompt(): boolean {
    return this.#unsent !== undefined;
  }

  start(): ResyncAction {
    return this.#attention ? this.#sendAttention() : { type: 'wait', wait: this.#options.interval };
  }

  /** True if the line is part of the resynchronisation: an echo, a proof's line, a final result code. */
  takes(text: string): boolean {
    return parseFinalResult(text) !== undefined || this.#proofOf(text) !== undefined || isEcho(text);
  }

  /** A line that `takes` approved. */
  line(text: string): ResyncAction {
    if (parseFinalResult(text) === undefined) {
      this.#answered ??= this.#proofOf(text);
      return { type: 'stay' };
    }
    this.#unsent = undefined;
    if (this.#answered !== undefined) return this.#proven(this.#answered);
    if (this.#attention) return this.#attended();
    // Nothing was asked since the late command: this is its answer, and nothing else is outstanding.
    if (this.#proofsSent === 0) return { type: 'in-step' };
    this.#finalSinceProof = true;
    return { type: 'wait', wait: this.#options.interval };
  }

  /**
   * The late prompt: the module waits for the payload and takes whatever comes as such. It gets what it asked for:
   * ESC first, as one could try [A], would reach the broker as part of a message on a module that does not know it.
   */
  prompt(): ResyncAction {
    const bytes = this.#unsent;
    if (bytes === undefined) return { type: 'stay' };
    this.#unsent = undefined;
    return { type: 'write', bytes, wait: this.#options.interval };
  }

  /** The wait of the last action is over. */
  elapsed(): ResyncAction {
    this.#refusals = this.#finalSinceProof ? this.#refusals + 1 : 0;
    // Two proofs were refused, each followed by silence: the module proves nothing, but has nothing left to say.
    if (this.#refusals === 2) return { type: 'in-step' };
    if (this.#tries >= this.#options.tries) return { type: 'gone' };
    if (this.#attention) return this.#sendAttention();
    if (this.#unsent !== undefined && this.#tries === 2) return this.#leaveDataMode(this.#unsent);
    return this.#sendProof();
  }

  #attended(): ResyncAction {
    if (this.#options.reason === 'wake' && this.#tries === 1) return { type: 'in-step' };
    this.#attention = false;
    this.#tries = 0;
    return this.#sendProof();
  }

  #proven(name: string): ResyncAction {
    this.#answered = undefined;
    this.#outstanding = this.#outstanding.slice(this.#outstanding.indexOf(name) + 1);
    if (this.#outstanding.length === 0) return { type: 'in-step' };
    return { type: 'wait', wait: this.#options.interval };
  }

  #sendAttention(): ResyncAction {
    this.#tries += 1;
    return this.#write(`AT${TERMINATOR}`);
  }

  #sendProof(): ResyncAction {
    const proof = this.#proofs[this.#proofsSent % this.#proofs.length] ?? PROOFS[0];
    this.#tries += 1;
    this.#proofsSent += 1;
    this.#finalSinceProof = false;
    this.#outstanding.push(nameOf(proof));
    return this.#write(`AT${proof}${TERMINATOR}`);
  }

  /**
   * Silence, and the late command wanted a payload: the module may sit at a prompt that got lost and eat what we say.
   * ESC first, then as many bytes as it can still miss [A, dialect section 5]: CR, harmless outside data mode.
   */
  #leaveDataMode(unsent: Buffer): ResyncAction {
    if (!this.#escaped) {
      this.#escaped = true;
      return this.#write(ESC);
    }
    this.#unsent = undefined;
    return this.#write('\r'.repeat(unsent.length));
  }

  #write(text: string): ResyncAction {
    return { type: 'write', bytes: Buffer.from(text, 'latin1'), wait: this.#options.interval };
  }

  #proofOf(text: string): string | undefined {
    return this.#outstanding.find((name) => text.startsWith(`${name}:`));
  }
}

function nameOf(proof: string): string {
  return proof.replace('?', '');
}

function isEcho(text: string): boolean {
  return text === 'AT' || PROOFS.some((proof) => text === `AT${proof}`);
}
