import type { CountedHeader, Line } from './line.js';
import type { Link } from './link.js';
import { Resync } from './resync.js';
import type { ResyncAction, ResyncOptions } from './resync-options.js';

/** Runs one resynchronisation at a time over the link: the I/O and the timer that `Resync` does without. */
export class Resynchroniser {
  readonly #link: Link;
  readonly #ended: (inStep: boolean) => void;
  #resync: Resync | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The last one failed, so that answers to its proofs may still come. */
  #stale = false;
  /** ms that the module took for the last proof. */
  #answerTime: number | undefined;

  /** `ended` is called when the answers are in step again, or when the module does not answer. */
  constructor(link: Link, ended: (inStep: boolean) => void) {
    this.#link = link;
    this.#ended = ended;
  }

  get active(): boolean {
    return this.#resync !== undefined;
  }

  /** Whether what comes may be the echo of a filler. */
  get filled(): boolean {
    return this.#resync?.filled ?? false;
  }

  get countedHeader(): CountedHeader | undefined {
    return this.#resync?.countedHeader;
  }

  start(options: Omit<ResyncOptions, 'stale' | 'answerTime'>): void {
    const resync = new Resync({ ...options, stale: this.#stale, answerTime: this.#answerTime });
    this.#resync = resync;
    this.#act(resync, this.#link.busy ? resync.blocked() : resync.start(performance.now()));
  }

  /** True if the line is part of the resynchronisation. */
  line(line: Line): boolean {
    const resync = this.#resync;
    if (!resync?.takes(line)) return false;
    this.#act(resync, resync.line(line, performance.now()));
    return true;
  }

  prompt(): void {
    const resync = this.#resync;
    if (resync !== undefined) this.#act(resync, resync.prompt(performance.now()));
  }

  /** The module restarted. One under way goes on with the tries it has left. */
  restarted(): void {
    this.#stale = false;
    this.#resync?.restarted();
  }

  /** Stops without a word. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#resync = undefined;
  }

  #act(resync: Resync, action: ResyncAction): void {
    if (action.type === 'stay') return;
    clearTimeout(this.#timer);
    if (action.type === 'in-step' || action.type === 'gone')
      return this.#end(resync, action.type === 'in-step');
    if (action.type === 'write') this.#link.write(action.bytes, () => {});
    this.#timer = setTimeout(() => {
      this.#act(resync, this.#link.busy ? resync.blocked() : resync.elapsed(performance.now()));
    }, action.wait);
    // Last, as a prompt that is there already is answered at once.
    this.#link.expectedPrompt = resync.expectedPrompt;
  }

  #end(resync: Resync, inStep: boolean): void {
    this.#link.expectedPrompt = undefined;
    this.#answerTime = resync.answerTime ?? this.#answerTime;
    this.#resync = undefined;
    this.#stale = !inStep;
    this.#ended(inStep);
  }
}
