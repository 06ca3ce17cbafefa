import type { Identity } from '../../modem/identity.js';
import { ifSupported } from '../../modem/if-supported.js';
import type { Modem } from '../../modem/modem.js';
import type { Registration } from '../../modem/registration.js';
import type { Signal } from '../../modem/signal.js';
import type { SimStatus } from '../../modem/sim.js';

/** What the module tells of itself; undefined is what it does not tell. */
export interface Facts {
  readonly identity: Identity | undefined;
  readonly sim: SimStatus | undefined;
  readonly registration: Registration | undefined;
  readonly signal: Signal | undefined;
  readonly address: string | undefined;
  readonly clock: Date | undefined;
}

/** Asks everything; what the module refuses or answers strangely is left out. */
export async function readFacts(modem: Modem, signal: AbortSignal): Promise<Facts> {
  const limits = { signal };
  return {
    identity: await ifSupported(modem.identity(limits)),
    sim: await ifSupported(modem.sim(limits)),
    registration: await ifSupported(modem.registration(limits)),
    signal: await ifSupported(modem.signal({ ...limits, sinr: true })),
    address: await ifSupported(modem.address(limits)),
    clock: await ifSupported(modem.clock(limits)),
  };
}
