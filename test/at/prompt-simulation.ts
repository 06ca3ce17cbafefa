import { Resync } from '../../src/at/resync.js';
import type { OpenPrompt, ResyncAction } from '../../src/at/resync-options.js';
import { seededRandom } from '../../src/util/random.js';

/** Which bytes of the driver get lost on their way to the module. */
export type Losses =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly oneIn: number; readonly seed: number }
  | { readonly kind: 'burst'; readonly from: number; readonly length: number };

/** Says of each byte in turn whether it is lost. */
function lossOf(losses: Losses): () => boolean {
  let at = -1;
  if (losses.kind === 'none') return () => false;
  if (losses.kind === 'some') {
    const random = seededRandom(losses.seed);
    return () => random() < 1 / losses.oneIn;
  }
  return () => {
    at += 1;
    return at >= losses.from && at < losses.from + losses.length;
  };
}

/** A module that is, or soon will be, at a prompt that the driver cannot be sure of; it works in virtual time. */
export interface PromptCase {
  /** What the driver knows; the payload is made of `x`. */
  readonly known: 'unprompted' | 'sent' | 'unknown';
  /** Bytes that the prompt asked for; for `unprompted` it has not come yet. */
  readonly length: number;
  /** Bytes of the payload that the module has got: those that were sent, without those that got lost. */
  readonly had: number;
  /** ms until the module prompts; 0: it has done so. */
  readonly promptAt: number;
  readonly promptLost: boolean;
  /** What came before the prompt is no payload: the module throws it away. */
  readonly discards: boolean;
  readonly losses: Losses;
  /** ESC ends the prompt, and the module says `ERROR`. */
  readonly knowsEscape: boolean;
  /** Its answer to the payload is lost: the driver sees nothing but silence. */
  readonly answerLost: boolean;
  /** Answers `ERROR` to lines without `AT`. */
  readonly fussy: boolean;
  readonly echo: boolean;
  /** ms that it takes for each command line. */
  readonly time: number;
}

export interface PromptOutcome {
  readonly end: 'in-step' | 'gone';
  /** Payloads that went to the broker, latin1. */
  readonly published: readonly string[];
  /** Whether the module is at a prompt still. */
  readonly open: boolean;
  /** Lines that came after the end. */
  readonly outstanding: readonly string[];
}

interface Said {
  readonly at: number;
  /** Undefined: the prompt. */
  readonly lines: readonly string[] | undefined;
}

const ESC = '\x1b';

/** Stands where a byte got lost: a line with a hole is none that the module knows, `AT+CESQ` without its E excepted. */
const LOST = '\0';

class PromptingModule {
  readonly published: string[] = [];
  readonly #case: PromptCase;
  readonly #isLost: () => boolean;
  #said: Said[] = [];
  #input = '';
  #free = 0;
  /** What it has of the payload; undefined outside data mode. */
  #payload: string | undefined;
  /** Its prompt is still to come. */
  #due: boolean;

  constructor(each: PromptCase) {
    this.#case = each;
    this.#isLost = lossOf(each.losses);
    this.#due = each.promptAt > 0;
    if (!this.#due) this.#payload = 'x'.repeat(each.had);
  }

  get open(): boolean {
    return this.#payload !== undefined;
  }

  /** When something happens by itself. */
  get next(): number {
    const prompt = this.#due ? this.#case.promptAt : Number.POSITIVE_INFINITY;
    return Math.min(this.#said[0]?.at ?? Number.POSITIVE_INFINITY, prompt);
  }

  /** What it has to say; `prompt`, or lines. */
  speak(now: number): readonly string[] | 'prompt' | undefined {
    const { promptAt, promptLost, discards } = this.#case;
    if (this.#due && promptAt <= now) {
      this.#due = false;
      this.#payload = '';
      if (discards) this.#input = '';
      this.#take(now);
      return promptLost ? [] : 'prompt';
    }
    return this.#said.shift()?.lines;
  }

  hear(bytes: Buffer, now: number): void {
    for (const char of bytes.toString('latin1')) {
      this.#input += this.#isLost() ? LOST : char;
    }
    if (!this.#due) this.#take(now);
  }

  #take(now: number): void {
    for (;;) {
      if (this.#payload !== undefined) {
        if (!this.#takePayload(now)) return;
      } else {
        const end = this.#input.indexOf('\r');
        if (end < 0) return;
        const line = this.#input.slice(0, end);
        this.#input = this.#input.slice(end + 1).replace(/^\n/, '');
        this.#onLine(line, now);
      }
    }
  }

  #takePayload(now: number): boolean {
    const { length, knowsEscape, answerLost } = this.#case;
    let payload = this.#payload ?? '';
    let taken = 0;
    // What follows the payload keeps its holes: it is a command line.
    for (const char of this.#input) {
      if (payload.length === length) break;
      taken += 1;
      if (char === ESC && knowsEscape) {
        this.#input = this.#input.slice(taken);
        this.#payload = undefined;
        this.#answer(['ERROR'], now, answerLost);
        return true;
      }
      if (char !== LOST) payload += char;
    }
    this.#input = this.#input.slice(taken);
    this.#payload = payload;
    if (payload.length < length) return false;
    this.published.push(this.#payload);
    this.#payload = undefined;
    this.#answer(['OK'], now, answerLost);
    return true;
  }

  #onLine(line: string, now: number): void {
    const { echo, fussy } = this.#case;
    const start = line.indexOf('AT');
    const name = /^AT(\+\w+)/.exec(line.slice(start))?.[1];
    const known = name === undefined ? ['OK'] : [`${name}: 1`, 'OK'];
    const answer = line.includes(LOST, start) ? ['ERROR'] : known;
    if (start >= 0) this.#answer(echo ? [line.slice(start), ...answer] : answer, now, false);
    else if (fussy && line !== '') this.#answer(['ERROR'], now, false);
  }

  #answer(lines: readonly string[], now: number, lost: boolean): void {
    this.#free = Math.max(this.#free, now) + this.#case.time;
    if (!lost) this.#said.push({ at: this.#free, lines });
  }
}

function openOf({ known, length }: PromptCase): OpenPrompt {
  if (known === 'unknown') return { missing: 8000, escape: true };
  return {
    missing: length,
    payload: known === 'unprompted' ? Buffer.alloc(length, 'x') : undefined,
    escape: true,
  };
}

/** Plays the case to its end; then, if the module was given up, from the beginning of a further program. */
export function simulatePrompt(each: PromptCase): PromptOutcome {
  const module = new PromptingModule(each);
  const late = { line: 'AT+X', owns: () => false };
  const open = openOf(each);
  const resync =
    each.known === 'unknown'
      ? new Resync({ reason: 'attention', tries: 30, interval: 500, open })
      : new Resync({ reason: 'late', tries: 8, interval: 500, late, open });
  let now = 0;
  let due = 0;
  let end: PromptOutcome['end'] | undefined;
  const act = (action: ResyncAction) => {
    if (end !== undefined) return;
    if (action.type === 'in-step' || action.type === 'gone') end = action.type;
    else if (action.type !== 'stay') {
      due = now + action.wait;
      if (action.type === 'write') module.hear(action.bytes, now);
    }
  };
  act(resync.start(now));
  while (end === undefined) {
    now = Math.min(module.next, due);
    if (due <= now) {
      act(resync.elapsed(now));
      continue;
    }
    const said = module.speak(now);
    if (said === 'prompt') {
      if (resync.expectedPrompt) act(resync.prompt(now));
    } else for (const text of said ?? []) if (resync.takes({ text })) act(resync.line({ text }, now));
  }
  const outstanding: string[] = [];
  while (module.next < Number.POSITIVE_INFINITY) {
    const said = module.speak(module.next);
    outstanding.push(...(said === 'prompt' ? ['>'] : (said ?? [])));
  }
  return { end, published: module.published, open: module.open, outstanding };
}
