import type { PortStatus, UnitOutcome } from '../../../../provisioning/station/station-types.js';
import { clockText, OUTCOME_WORDS, PHASE_WORDS } from '../words.js';
import type { Style } from './paint.js';

/** What stands where nothing is known. */
export const NOTHING = '-';

/** How a result looks. */
export const OUTCOME_STYLES: Readonly<Record<UnitOutcome, Style>> = {
  passed: 'good',
  already: 'known',
  checked: 'known',
  failed: 'bad',
};

/** The state of a port in words, and how it looks. */
export function stateOf({ phase, result }: PortStatus): { readonly word: string; readonly style: Style } {
  if (result !== undefined)
    return { word: OUTCOME_WORDS[result.outcome], style: OUTCOME_STYLES[result.outcome] };
  return { word: PHASE_WORDS[phase], style: phase === 'waiting' ? 'faint' : 'busy' };
}

/** How long the module at the port has been worked on, as a clock shows it. */
export function timeOf({ since, result }: PortStatus, now: number): string {
  if (result !== undefined) return clockText(result.elapsed);
  return since === undefined ? NOTHING : clockText(now - since);
}

/** What else there is to know of a port that has not failed: what to do next, or why it waits. */
export function remarkOf({ result, tries, note = '' }: PortStatus): string {
  if (result !== undefined) return result.action;
  const parts = [...(tries > 1 ? [`try ${tries}`] : []), ...(note === '' ? [] : [note])];
  return parts.join(': ');
}

/** Whether nobody needs to look at the port: no module there. */
export function isIdle({ phase, result }: PortStatus): boolean {
  return phase === 'waiting' && result === undefined;
}

/** Whether the module at the port is done, and was no failure. */
export function isDoneWell({ result }: PortStatus): boolean {
  return result !== undefined && result.outcome !== 'failed';
}
