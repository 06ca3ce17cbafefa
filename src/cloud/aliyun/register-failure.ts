import { CommandError, MqttError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { RegistrationProblem } from './register-errors.js';

/** CONNACK to a registration: aliyun.md 2b [D]. */
const TRY_AGAIN = 3;
const REFUSALS: ReadonlyMap<number | undefined, string> = new Map([
  [1, 'the MQTT version'], // MQTT 3.1.1 3.2.2.3; not named by the cloud
  [2, 'bad parameters'],
  [4, 'the cloud refused it'],
  [5, 'not authorized'], // as 1
]);

/** What the failure of a registration through a module means; `asked`: CONNECT was on its way. */
export function judgeFailure(error: unknown, asked: boolean): RegistrationProblem {
  const reason = error instanceof Error ? error.message : String(error);
  if (!asked || neverSent(error)) return { kind: 'failed', reason, cause: error };
  if (error instanceof MqttError && error.code === 'CONNECT_REFUSED') {
    const { extend } = error;
    const refusal = REFUSALS.get(extend);
    if (extend === TRY_AGAIN) return { kind: 'failed', reason: 'the cloud wants it later', cause: error };
    if (refusal !== undefined) {
      return { kind: 'refused', reason: `${refusal} (return code ${extend})`, cause: error };
    }
  }
  return { kind: 'unanswered', reason, cause: error };
}

/** A module that answers ERROR to a command has not carried it out: V.250 5.7.1 [A for CONNECT]. */
function neverSent(error: unknown): boolean {
  return error instanceof CommandError || (error instanceof ModemError && error.code === 'INVALID_ARGUMENT');
}
