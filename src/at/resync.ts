import { filler, LEAVE_PROMPT } from './filler.js';
import { ANGLE_SPACE, type CountedHeader, type Line, type Prompt } from './line.js';
import { parseFinalResult } from './result-codes.js';
import type { LateCommand, OpenPrompt, ResyncAction, ResyncOptions } from './resync-options.js';
import { answeredProof, isProofEcho, PROOFS, proofName, ResyncOutstanding } from './resync-outstanding.js';
import { MAX_WAIT, ResyncPace } from './resync-pace.js';

const TERMINATOR = '\r\n';

/** Prompts that are filled up: what goes on asking, such as a computer with a prompt like it, is no module. */
const MAX_PROMPTS = 3;

/** ms that a byte takes at 9600 bit/s: a line that is busy with a filler says nothing of the module. */
const BUSY_PER_BYTE = 1.1;

/** ms that it takes at 115 200 bit/s, the usual rate: so much later is the answer to what stands behind a filler. */
const WAIT_PER_BYTE = 0.09;

const STAY: ResyncAction = { type: 'stay' };
const IN_STEP: ResyncAction = { type: 'in-step' };

/**
 * Brings the answers of the module back into step with the commands, without I/O and timers (lessons.md 3, 6, 13).
 * The module works strictly one command after the other, so the answer to a proof, known by its prefix, comes after
 * everything that was outstanding before it. The two sides are in step when the last proof sent is answered. Another
 * proof is sent when the answer to the last one should have come, by what was learned of the module's pace: each that
 * is sent too early costs the time of one more answer. `now` is in ms, of a clock that never goes back.
 *
 * Where the module may be at a prompt, no command line is written before the payload is filled up (lessons.md 6, 25):
 * what it lacks would be taken from the command, and reach the broker. A prompt that is late gets its payload.
 */
export class Resync {
  readonly #options: ResyncOptions;
  /** The name of the late command: the proof must not look like its answer. */
  readonly #avoid: string | undefined;
  readonly #proofs: readonly string[];
  #late: LateCommand | undefined;
  #open: OpenPrompt | undefined;
  readonly #pace: ResyncPace;
  readonly #outstanding = new ResyncOutstanding();
  #attention: boolean;
  /** ESC was written. */
  #escaped = false;
  /** A filler was written. */
  #filled = false;
  #prompts = 0;
  /** ms for which the line may be busy with fillers. */
  #fillingTime = 0;
  /** ms that the tries which are left may take; a longer wait for a proof is not counted. */
  #left: number;
  #attentionsSent = 0;
  #proofsSent = 0;
  /** The proof whose line came; its final result code is still to come. */
  #answered: string | undefined;
  /** What the last final result code answered since the last proof was sent. */
  #heard: 'nothing' | 'older' | 'refusal' = 'nothing';
  #refusals = 0;
  #answerTime: number | undefined;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#pace = new ResyncPace(options);
    this.#left = options.tries * options.interval;
    this.#attention = options.reason !== 'late';
    this.#late = options.late;
    this.#open = options.open;
    this.#avoid = /^AT(\+\w+)/i.exec(options.late?.line ?? '')?.[1]?.toUpperCase();
    this.#proofs = PROOFS.filter((proof) => proofName(proof) !== this.#avoid);
    if (options.reason === 'late' || options.late !== undefined) this.#outstanding.late();
  }

  /** Whether a prompt would be understood. */
  get expectedPrompt(): Prompt | undefined {
    if (this.#open === undefined || this.#prompts >= MAX_PROMPTS) return undefined;
    return this.#open.prompt ?? ANGLE_SPACE;
  }

  /** Whether a filler was written, which the module may echo. */
  get filled(): boolean {
    return this.#filled || this.#escaped;
  }

  /** The header of the late command's response: what stands in its payload is no final result code. */
  get countedHeader(): CountedHeader | undefined {
    return this.#late?.counted;
  }

  /** ms that the module took for the last proof that was answered; undefined if none was. */
  get answerTime(): number | undefined {
    return this.#answerTime;
  }

  /** A late command first gets time in silence, its prompt more: there, whatever is said becomes part of a message. */
  start(now: number): ResyncAction {
    if (this.#late === undefined && this.#attention) return this.#sendAttention(now);
    return this.#wait(this.#open?.payload === undefined ? 1 : MAX_WAIT);
  }

  /**
   * True if the line is part of the resynchronisation: an echo, a proof's line, a final result code, or a line of the
   * late command, which must not be taken for a result or a URC that looks alike (lessons.md 1).
   */
  takes(line: Line): boolean {
    if (line.payload === undefined && isPart(line.text)) return true;
    return this.#late !== undefined && (line.text === this.#late.line || this.#late.owns(line));
  }

  /** A line that `takes` approved. */
  line(line: Line, now: number): ResyncAction {
    if (line.payload !== undefined) return STAY;
    const final = parseFinalResult(line.text);
    if (final !== undefined) return this.#final(final.ok, now);
    const name = answeredProof(line.text);
    if (name !== this.#avoid) this.#answered = name ?? this.#answered;
    return STAY;
  }

  /**
   * The module waits for a payload and takes whatever comes as such: a late prompt gets what it asked for, unless ESC
   * may stand in front of that by now, and any other one a filler.
   */
  prompt(now: number): ResyncAction {
    const open = this.#open;
    if (open === undefined || this.expectedPrompt === undefined) return STAY;
    this.#prompts += 1;
    const wait = this.#pace.forProofs(1);
    if (open.payload === undefined) {
      this.#outstanding.noise(now);
      return this.#fill(open, wait);
    }
    this.#open = { ...open, payload: undefined };
    return { type: 'write', bytes: open.payload, wait };
  }

  /** The wait of the last action is over. */
  elapsed(now: number): ResyncAction {
    const refused = this.#heard === 'refusal' && this.#outstanding.proofs === 0;
    this.#refusals = refused ? this.#refusals + 1 : 0;
    // Twice every proof was refused, followed by silence: the module proves nothing, but has nothing left to say.
    if (this.#refusals === 2) return IN_STEP;
    // It spoke and fell silent for longer than it takes for an answer: what it has not answered by now is lost.
    if (this.#heard !== 'nothing' && this.#pace.known) this.#outstanding.forgetProofs();
    if (this.#left <= 0) return { type: 'gone' };
    return this.#leaveDataMode() ?? (this.#attention ? this.#sendAttention(now) : this.#sendProof(now));
  }

  /** The wait is over, but the stream has not taken what was written before: more would only pile up. */
  blocked(): ResyncAction {
    const { interval } = this.#options;
    if (this.#fillingTime > 0) this.#fillingTime -= interval;
    else this.#left -= interval;
    return this.#left <= 0 ? { type: 'gone' } : this.#wait(1);
  }

  /** The module restarted: nothing is outstanding any more, and it takes a while until it answers. */
  restarted(): void {
    this.#late = undefined;
    this.#open = undefined;
    this.#outstanding.clear();
    this.#answered = undefined;
    this.#heard = 'nothing';
    this.#attention = true;
  }

  #final(ok: boolean, now: number): ResyncAction {
    const answered = this.#answered;
    this.#answered = undefined;
    this.#late = undefined;
    this.#open = undefined;
    const { what, took, vague = false } = this.#outstanding.answer(answered, ok, now);
    if (took !== undefined) this.#pace.learn(took, vague);
    if (this.#attention) return this.#attended(now);
    if (what === 'last') {
      this.#answerTime = took;
      return IN_STEP;
    }
    if (this.#options.reason === 'late' && this.#proofsSent === 0) {
      // Nothing was written since the late command: this is its answer, and nothing else is outstanding. What was
      // written to end a prompt may be answered as well, if there was none.
      return this.filled ? this.#sendProof(now) : IN_STEP;
    }
    this.#heard = what;
    return { type: 'wait', wait: this.#pace.forProofs(this.#outstanding.proofs) };
  }

  #attended(now: number): ResyncAction {
    if (this.#options.reason === 'wake' && this.#attentionsSent === 1) return IN_STEP;
    this.#attention = false;
    this.#left = this.#options.tries * this.#options.interval;
    if (this.#options.stale !== true) return this.#sendProof(now);
    return { type: 'wait', wait: this.#pace.forProofs(1) };
  }

  #sendAttention(now: number): ResyncAction {
    const wait = this.#pace.forAttention(this.#attentionsSent === 0, this.#left);
    this.#attentionsSent += 1;
    this.#left -= wait;
    this.#outstanding.attention(now);
    return this.#writeLine('AT', wait);
  }

  #sendProof(now: number): ResyncAction {
    const proof = this.#proofs[this.#proofsSent % this.#proofs.length] ?? PROOFS[0];
    this.#proofsSent += 1;
    this.#heard = 'nothing';
    this.#outstanding.proof(proofName(proof), now);
    const wait = this.#pace.forProofs(this.#outstanding.proofs);
    this.#left -= Math.max(this.#options.interval, Math.ceil(wait / MAX_WAIT));
    return this.#writeLine(`AT${proof}`, wait);
  }

  /**
   * Silence, and the late command may have led to a prompt: ESC first, then as many bytes as the module can still miss
   * [A, lmqtt.md 5]. In between is the time in which it can say that it has left the prompt.
   */
  #leaveDataMode(): ResyncAction | undefined {
    const open = this.#open;
    if (open === undefined || this.#late === undefined) return undefined;
    const wait = this.#pace.forProofs(1);
    if (open.escape && !this.#escaped) {
      this.#escaped = true;
      this.#open = { ...open, payload: undefined };
      return { type: 'write', bytes: LEAVE_PROMPT, wait };
    }
    return this.#filled ? undefined : this.#fill(open, wait);
  }

  /** Writes a filler, and what is to follow it. */
  #fill(open: OpenPrompt, wait: number, line: Buffer = Buffer.alloc(0)): ResyncAction {
    const bytes = filler(open.missing);
    this.#filled = true;
    this.#open = { ...open, payload: undefined };
    this.#fillingTime += BUSY_PER_BYTE * bytes.length;
    const later = Math.ceil(WAIT_PER_BYTE * bytes.length);
    return { type: 'write', bytes: Buffer.concat([bytes, line]), wait: wait + later };
  }

  /**
   * The command line, behind a filler where there was none. For as long as a late command is not answered each further
   * line is: fillers lose bytes as well, and a module may take none before it prompts.
   */
  #writeLine(line: string, wait: number): ResyncAction {
    const bytes = Buffer.from(line + TERMINATOR, 'latin1');
    const again = this.#late !== undefined && this.#attentionsSent + this.#proofsSent > 1;
    if (this.#open === undefined || (this.#filled && !again)) return { type: 'write', bytes, wait };
    return this.#fill(this.#open, wait, bytes);
  }

  #wait(intervals: number): ResyncAction {
    return { type: 'wait', wait: intervals * this.#options.interval };
  }
}

function isPart(text: string): boolean {
  return parseFinalResult(text) !== undefined || answeredProof(text) !== undefined || isProofEcho(text);
}
