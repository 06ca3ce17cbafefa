import type { CommandPort, ExecuteOptions } from '../at/command-port.js';
import { SIM_STATE } from '../at/commands/sim-state.js';
import { CommandError } from '../errors/kinds.js';

export type SimState = 'ready' | 'pin' | 'puk' | 'locked' | 'busy' | 'absent' | 'failed';

export interface SimStatus {
  readonly state: SimState;
  /** What the module said, e.g. `SIM PIN` or `+CME ERROR: 10`. */
  readonly raw: string;
}

export const SIM_SENTENCES: Readonly<Record<SimState, string>> = {
  ready: 'the SIM is ready',
  pin: 'the SIM wants its PIN',
  puk: 'the SIM wants its PUK: the PIN was wrong too often',
  locked: 'the module is locked to another SIM or network',
  busy: 'the SIM is still starting',
  absent: 'no SIM: check that it is inserted, the right way round, in the slot that is selected',
  failed: 'the SIM does not work',
};

/** TS 27.007 8.3. PIN2 and PUK2 only bar the fixed dialling list; a SIM that wants them serves the network. */
const STATES: ReadonlyMap<string, SimState> = new Map([
  ['READY', 'ready'],
  ['SIM PIN', 'pin'],
  ['SIM PUK', 'puk'],
  ['SIM PIN2', 'ready'],
  ['SIM PUK2', 'ready'],
  ['NOT READY', 'busy'],
  ['NOT INSERTED', 'absent'],
  ['SIM REMOVED', 'absent'],
]);

/** TS 27.007 9.2.1. */
const CME_STATES: ReadonlyMap<number, SimState> = new Map([
  [5, 'locked'],
  [10, 'absent'],
  [11, 'pin'],
  [12, 'puk'],
  [13, 'failed'],
  [14, 'busy'],
  [15, 'failed'],
  [17, 'ready'],
  [18, 'ready'],
]);

/** Reads `AT+CPIN?`, whose failures also tell the state; one without a known number means that the SIM failed. */
export async function readSim(port: CommandPort, options?: ExecuteOptions): Promise<SimStatus> {
  try {
    return simStatus(await port.execute(SIM_STATE, null, options));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { state: CME_STATES.get(error.number ?? -1) ?? 'failed', raw: error.final };
  }
}

/** The meaning of `+CPIN: <text>`; the personalisation locks (`PH-NET PIN`, …) are one. */
export function simStatus(text: string): SimStatus {
  const known = STATES.get(text.toUpperCase());
  return { state: known ?? (/^PH-/i.test(text) ? 'locked' : 'failed'), raw: text };
}
