import type { CountedHeader, Line, Prompt } from './line.js';

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
  /** The header of its length-counted response. */
  readonly counted?: CountedHeader | undefined;
  owns(line: Line): boolean;
}

/** The module may wait for a payload, or for the rest of one: whatever it gets becomes part of a message. */
export interface OpenPrompt {
  /** How it looks; default `ANGLE_SPACE`. */
  readonly prompt?: Prompt;
  /** Bytes that it may lack at most. */
  readonly missing: number;
  /** What it gets if it asks only now; undefined if that has been sent, or is not known. */
  readonly payload?: Buffer | undefined;
  /** Whether ESC may end the prompt, and is tried before it is filled up. */
  readonly escape: boolean;
}

export interface ResyncOptions {
  /**
   * `late`: one command ran out of time, its answer may still come. `attention`: the module may be asleep, booting or
   * in any state; `AT` is sent until it answers. `wake`: the same, but nothing is outstanding.
   */
  readonly reason: 'late' | 'attention' | 'wake';
  /** Tries before the module is given up; a long wait counts as several. */
  readonly tries: number;
  /**
   * ms from one try to the next; up to `MAX_WAIT` times as long while several proofs are outstanding, and as long as
   * the answers of a slow module take.
   */
  readonly interval: number;
  /** ms that the module took for the last proof, if that is known. */
  readonly answerTime?: number | undefined;
  readonly late?: LateCommand | undefined;
  readonly open?: OpenPrompt | undefined;
  /** A resynchronisation failed before: answers to its proofs may still come, all at once. */
  readonly stale?: boolean;
}
