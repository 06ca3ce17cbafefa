import type { RunOptions } from './run-script.js';

/** How a block of code is run for real. */
export interface Harness {
  /** What no other block of the README holds. */
  readonly holds: string;
  /** What the reader has in front of it already: imports of the block before, functions of his own. */
  readonly before?: string;
  /** Ends what the block leaves open, prints what it does not. */
  readonly after?: string;
  /** Runs it, against broker and module, and checks what they have seen of it. */
  readonly run: (run: Run) => Promise<void>;
}

/** Runs the block with hosts and ports replaced, to its end with exit code 0; gives its stdout. */
export type Run = (options: RunOptions) => Promise<string>;
