import type { CommandPort, ExecuteOptions } from '../at/command.js';
import { SIM_STATE } from '../at/commands/control.js';
import { CommandError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';

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
  ['SIM BUSY', 'busy'],
  ['NOT INSERTED', 'absent'],
  ['SIM REMOVED', 'absent'],
  ['SIM NOT INSERTED', 'absent'],
  ['NO SIM', 'absent'],
]);

/** By the meaning of a failure: TS 27.007 9.2.1 and TS 27.005 3.2.5 share their words. */
const CAUSES: ReadonlyMap<string, SimState> = new Map([
  ['SIM not inserted', 'absent'],
  ['SIM PIN required', 'pin'],
  ['SIM PUK required', 'puk'],
  ['SIM failure', 'failed'],
  ['SIM busy', 'busy'],
  ['SIM wrong', 'failed'],
  ['SIM PIN2 required', 'ready'],
  ['SIM PUK2 required', 'ready'],
]);

/** The personalisation locks: those of the PH-SIM, and of network, provider or company. */
const LOCK = /^PH-|personali[sz]ation|^hidden key/i;

/** `SIM_NOT_READY`, with the state in which the SIM is. */
export class SimNotReadyError extends ModemError {
  readonly state: SimState;

  constructor({ state, raw }: SimStatus) {
    super('SIM_NOT_READY', `${SIM_SENTENCES[state]} (${raw})`);
    this.state = state;
  }
}

/** Reads `AT+CPIN?`, whose failures also tell the state; one whose meaning is not known means that the SIM failed. */
export async function readSim(port: CommandPort, options?: ExecuteOptions): Promise<SimStatus> {
  try {
    return simStatus(await port.execute(SIM_STATE, null, options));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { state: stateByCause(error.meaning ?? error.final.replace(/^.*?: ?/, '')), raw: error.final };
  }
}

/** The meaning of `+CPIN: <text>`; the personalisation locks (`PH-NET PIN`, …) are one. */
export function simStatus(text: string): SimStatus {
  const known = STATES.get(
    text
      .toUpperCase()
      .replace(/[\s_]+/g, ' ')
      .trim(),
  );
  return { state: known ?? (LOCK.test(text) ? 'locked' : 'failed'), raw: text };
}

function stateByCause(cause: string): SimState {
  return CAUSES.get(cause) ?? (LOCK.test(cause) ? 'locked' : 'failed');
}
