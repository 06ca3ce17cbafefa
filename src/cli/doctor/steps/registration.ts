import { FUNCTIONALITY } from '../../../at/commands/control.js';
import { ModemError } from '../../../errors/modem-error.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import type { Registration } from '../../../modem/registration.js';
import { apnWords, readContexts } from '../module/contexts.js';
import { servingNetwork } from '../module/operator.js';
import { registeredFinding, unregisteredFinding } from '../module/registration-finding.js';
import type { Plan } from '../patient.js';
import type { Step } from '../step.js';

/** ms after which a denial is believed: networks take some back. */
const DENIAL_LIMIT = 5_000;

/** `<fun>` of `+CFUN`: everything works. TS 27.007 8.2. */
const FULL = 1;

/** Whether the module is registered, where, and with whom. */
export const REGISTRATION: Step = {
  name: 'registration',
  title: 'registration',
  needs: ['sim'],
  examine: async ({ plan, modem: slot, registration: found }) => {
    const modem = slot.get();
    const { signal } = plan;
    const start = performance.now();
    const registration = await registered(modem, plan);
    if (registration.registered) {
      found.set(registration);
      return registeredFinding(registration, await servingNetwork(modem, signal));
    }
    const functionality = await ifSupported(modem.execute(FUNCTIONALITY, null, { signal }));
    return unregisteredFinding(registration, {
      signal: await ifSupported(modem.signal({ signal })),
      radioOn: functionality && functionality.level === FULL,
      apn: apnWords(await readContexts(modem, signal)),
      waited: Math.round(performance.now() - start),
    });
  },
};

/** As it is after waiting, a denial not for long. */
async function registered(modem: Modem, { registrationTimeout, signal }: Plan): Promise<Registration> {
  const first = Math.min(registrationTimeout, DENIAL_LIMIT);
  const early = await wait(modem, first, signal);
  if (early.registered || early.status === 'denied' || first === registrationTimeout) return early;
  return wait(modem, registrationTimeout - first, signal);
}

async function wait(modem: Modem, timeout: number, signal: AbortSignal): Promise<Registration> {
  try {
    return await modem.waitForRegistration({ timeout, signal });
  } catch (error) {
    if (!(error instanceof ModemError) || error.code !== 'NOT_REGISTERED') throw error;
    return modem.registration({ signal });
  }
}
