import { ModemError } from '../../errors/modem-error.js';

/** Why there is no secret. `cause` must not hold one: what came from the cloud may. */
export interface RegistrationProblem {
  readonly kind: 'failed' | 'refused' | 'unanswered';
  readonly reason: string;
  readonly cause?: unknown;
}

const CODES = {
  failed: 'REGISTRATION_FAILED',
  refused: 'REGISTRATION_REFUSED',
  unanswered: 'REGISTRATION_UNANSWERED',
} as const;

/** `where`: the URL or the host that was asked. */
export function registrationError(
  { kind, reason, cause }: RegistrationProblem,
  deviceName: string,
  where: string,
): ModemError {
  const context = cause === undefined ? {} : { cause };
  return new ModemError(CODES[kind], `registration of ${deviceName} ${kind}: ${reason} (${where})`, context);
}
