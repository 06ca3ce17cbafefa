import { NotRun } from '../../shared/not-run.js';

/** What became of one cell. */
export type Outcome = 'ok' | 'fail' | 'not run' | 'not visible';

export interface CellResult {
  readonly outcome: Outcome;
  /** Why it failed, was not run, or what cannot be seen; of an `ok` what is peculiar to it. Empty: nothing to say. */
  readonly note: string;
}

/** What a feature reports when nothing failed; undefined: fine, and nothing to say. */
export type Verdict = Pick<CellResult, 'note'> & { readonly outcome: 'ok' | 'not visible' };

/** It happened, as the other side proves, and the AT interface does not tell. */
export function notVisible(note: string): Verdict {
  return { outcome: 'not visible', note };
}

/** It works, in a way worth knowing. */
export function okWith(note: string): Verdict {
  return { outcome: 'ok', note };
}

/** The result of a cell, however it ended. */
export async function resultOf(run: () => Promise<Verdict | undefined>): Promise<CellResult> {
  try {
    return (await run()) ?? { outcome: 'ok', note: '' };
  } catch (error) {
    if (error instanceof NotRun) return { outcome: 'not run', note: error.message };
    return { outcome: 'fail', note: error instanceof Error ? error.message : String(error) };
  }
}
