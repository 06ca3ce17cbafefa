import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Outcome } from '../finding.js';

export interface Summary {
  readonly status: 'ok' | 'warn' | 'fail';
  /** One sentence: the cause and the next thing to do. */
  readonly summary: string;
  /** The first step that failed, else the first one with a warning, else null. */
  readonly step: string | null;
  readonly exitCode: ExitCode;
}

/** What all of it comes to: the first failure decides. `toBroker`: whether a broker was given. */
export function summaryOf(outcomes: readonly Outcome[], toBroker: boolean): Summary {
  const failed = outcomes.find(({ status }) => status === 'fail');
  if (failed !== undefined) {
    const { step, exitCode } = failed;
    return { status: 'fail', summary: sentence(failed), step, exitCode };
  }
  const rest = toBroker ? '' : '; the way to the broker was not tried: give one with -b mqtt://host:port';
  const doubtful = outcomes.filter(({ status }) => status === 'warn');
  const [first] = doubtful;
  if (first === undefined) {
    const summary = toBroker
      ? `everything works, from the port to the broker${isBack(outcomes) ? ' and back' : '; whether messages come back was not tried'}`
      : `everything works as far as the network${rest}`;
    return { status: 'ok', summary, step: null, exitCode: EXIT.DONE };
  }
  const summary = `it works, with ${doubtful.length === 1 ? 'a warning' : `${doubtful.length} warnings`}: ${sentence(first)}${rest}`;
  return { status: 'warn', summary, step: first.step, exitCode: EXIT.DONE };
}

/** Whether the message to itself has returned. */
function isBack(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ step, status }) => step === 'publish' && status === 'ok');
}

function sentence({ title, found, advice }: Outcome): string {
  const [cause] = advice.causes;
  const [next] = advice.next;
  const why = cause === undefined ? '' : `; most likely: ${cause}`;
  return `${title}: ${found}${why}${next === undefined ? '' : `; next: ${next}`}`;
}
