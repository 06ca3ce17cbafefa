/** What a line of the module must look like: it contains the text, or the expression matches. Variables still in it. */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

export interface Expectation {
  /** Line of the script, from 1. */
  readonly line: number;
  readonly pattern: Pattern;
}

/** A line to send, with what is expected of the answer; without expectations it must be `OK`. */
export interface Send {
  readonly kind: 'send';
  readonly line: number;
  readonly text: string;
  /** What goes behind its prompt. */
  readonly data: { readonly line: number; readonly text: string } | undefined;
  readonly expectations: readonly Expectation[];
}

/** One thing that a script does. */
export type Statement =
  | Send
  | ({ readonly kind: 'expect' } & Expectation)
  /** The limit of what follows, ms. */
  | { readonly kind: 'timeout'; readonly line: number; readonly ms: number }
  | { readonly kind: 'wait'; readonly line: number; readonly ms: number }
  | { readonly kind: 'set'; readonly line: number; readonly name: string; readonly value: string }
  /** A command of the console, e.g. `.connect`. */
  | { readonly kind: 'dot'; readonly line: number; readonly text: string }
  | {
      readonly kind: 'repeat';
      readonly line: number;
      readonly count: number;
      readonly body: readonly Statement[];
    };
