import type { PortPhase, UnitOutcome } from '../../../provisioning/station/station-types.js';

/** What goes on at a port, in a word or two. */
export const PHASE_WORDS: Readonly<Record<PortPhase, string>> = {
  waiting: 'waiting',
  identifying: 'identifying',
  network: 'network',
  reserving: 'reserving',
  registering: 'registering',
  writing: 'writing',
  connecting: 'connecting',
  proving: 'proving',
  disconnecting: 'closing',
  persistence: 'resetting',
  pausing: 'trying again',
  finished: 'finished',
};

/** How a unit ended, in one word. */
export const OUTCOME_WORDS: Readonly<Record<UnitOutcome, string>> = {
  passed: 'PASS',
  already: 'ALREADY',
  checked: 'CHECKED',
  failed: 'FAIL',
};

/** Whole seconds as a clock shows them, e.g. `0:07` or `8:00:00`. */
export function clockText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const end = String(rest).padStart(2, '0');
  return hours === 0 ? `${minutes}:${end}` : `${hours}:${String(minutes).padStart(2, '0')}:${end}`;
}

/** Seconds with a decimal, e.g. `7.2 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
