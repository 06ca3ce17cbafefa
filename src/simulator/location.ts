import type { RegistrationLocation } from '../at/commands/registration.js';
import { isRegistered, type NetworkState } from './network.js';
import type { Registers } from './registers.js';

/** E-UTRAN: TS 27.007 10.1.22. */
export const ACCESS_TECHNOLOGY = 7;

/** `<stat>` as far as radio and SIM let the network through, with the location where `n` asks for it. */
export function locationOf(
  { functionality }: Registers,
  network: NetworkState,
  n: 0 | 1 | 2,
): RegistrationLocation {
  const stat = functionality === 1 && network.sim === 'ready' ? network.registration : 0;
  if (n !== 2 || !isRegistered(stat)) return { stat };
  return { stat, tac: network.tac, cell: network.cell, act: ACCESS_TECHNOLOGY };
}
