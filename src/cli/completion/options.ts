import type { GlobalOptions } from '../options/global-options.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

export interface CompletionOptions extends GlobalOptions {
  readonly shell: Shell;
}

export interface AnswerOptions {
  /** What stands behind the name of the program; the last word is the one under the cursor, and may be empty. */
  readonly words: readonly string[];
}

/** The command that the scripts call at each Tab. */
export const ANSWER_COMMAND = 'complete-words';
