import { CONNECTION_ID } from '../../dialects/lmqtt/limits.js';
import type { ModuleContext } from '../module-context.js';
import type { Refusal } from './behaviour.js';

/** TS 27.007 9.2.1. */
export const NOT_ALLOWED = 3;
export const NO_SIM = 10;
export const NOT_FOUND = 22;
export const INCORRECT_PARAMETERS = 50;

/** `<tcpconnectID>` is 0 to 4, but only 0 is served: lmqtt.md 1 [M]; how another is refused is not known [A]. */
export function foreignConnection(id: number): Refusal | undefined {
  return id === CONNECTION_ID ? undefined : 'ERROR';
}

/** Without a session: `+CME ERROR: 3` [A, as for a publish that is refused, M]. */
export function withoutSession({ stack }: ModuleContext): Refusal | undefined {
  return stack.session === undefined ? NOT_ALLOWED : undefined;
}

/** Without a SIM: `+CME ERROR: 10` [M]. */
export function withoutSim({ network }: ModuleContext): Refusal | undefined {
  return network.sim === 'absent' ? NO_SIM : undefined;
}
