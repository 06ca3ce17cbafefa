import type { Identity } from '../../modem/identity.js';
import { told } from '../../modem/if-supported.js';
import type { Modem } from '../../modem/modem.js';
import type { Registration } from '../../modem/registration.js';
import type { Signal } from '../../modem/signal.js';
import type { SimStatus } from '../../modem/sim.js';

/** What the module tells of itself; undefined is what it does not tell. */
export interface Facts {
  readonly identity: Identity;
  readonly sim: SimStatus | undefined;
  readonly registration: Registration | undefined;
  readonly signal: Signal | undefined;
  readonly address: string | undefined;
  readonly clock: Date | undefined;
  /** Why something could not be read, by its name as in `--json`. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Asks everything, each part for itself: what the module refuses, answers strangely or late is left out. */
export async function readFacts(modem: Modem, signal: AbortSignal): Promise<Facts> {
  const limits = { signal };
  const problems: Record<string, string> = {};
  const ask = async <V>(name: string, request: Promise<V>): Promise<V | undefined> => {
    const { value, problem } = await told(request);
    if (problem !== undefined) problems[name] = problem.message;
    return value;
  };
  const identity = await modem.identity(limits);
  return {
    identity,
    sim: await ask('sim', modem.sim(limits)),
    registration: await ask('registration', modem.registration(limits)),
    signal: await ask('signal', modem.signal({ ...limits, sinr: true })),
    address: await ask('address', modem.address(limits)),
    clock: await ask('clock', modem.clock(limits)),
    problems: { ...identity.problems, ...problems },
  };
}
