import type { ModemError } from '../../errors/modem-error.js';
import type { RecoveryStage, Rung } from './ladder.js';

const STAGES: Readonly<Record<RecoveryStage, string>> = {
  up: 'While the session was up',
  pause: 'Between two attempts',
  port: 'While opening the port',
  radio: 'While switching the radio off and on',
  reset: 'While restarting the module',
  network: 'While waiting for the network',
  login: 'While asking for the login',
  session: 'While opening the session',
  subscribe: 'While subscribing again',
};

const ACTIONS: Readonly<Record<Rung, string>> = {
  session: 'opens the session again',
  radio: 'switches the radio off and on and opens the session again',
  reset: 'restarts the module and opens the session again',
  port: 'opens the port again and the session behind it',
};

/** What is tried next. */
export interface NextTry {
  readonly rung: Rung;
  /** 1 for the first after a loss. */
  readonly attempt: number;
  /** ms until then. */
  readonly delay: number;
}

/** A failure, where it happened, and what may be behind it. */
export interface Happened {
  readonly stage: RecoveryStage;
  readonly reason: ModemError;
  /** Whole sentences without the last full stop; undefined if nothing is suspected. */
  readonly suspicion?: string | undefined;
}

/** What happened, at which stage, and what atmqtt does now, for people. */
export function recoverySentence(happened: Happened, next: NextTry): string {
  const { rung, attempt, delay } = next;
  const when = delay < 500 ? 'Now' : `In ${Math.round(delay / 1000)} s`;
  return `${told(happened)}. ${when} atmqtt ${ACTIONS[rung]} (attempt ${attempt}).`;
}

/** The same for a client that gives up after so many attempts; without a full stop, as errors have none. */
export function givingUpSentence(happened: Happened, attempts: number): string {
  const tried = attempts === 0 ? 'makes no attempt to connect again' : `gives up after attempt ${attempts}`;
  return `${told(happened)}. atmqtt ${tried}`;
}

function told({ stage, reason, suspicion }: Happened): string {
  return [`${STAGES[stage]}: ${reason.message}`, ...(suspicion === undefined ? [] : [suspicion])].join('. ');
}
