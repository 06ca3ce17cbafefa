import type { TripleRecord, TripleState } from '../../../provisioning/ledger/ledger-types.js';

/** E.g. `meter-7 and module 861326070275653 (verified)`. */
export function bindingText({ deviceName, imei = 'none', state }: TripleRecord): string {
  return `${deviceName} and module ${imei} (${state})`;
}

/** What to be sure of before; undefined when the module was never seen working. */
export function warningFor(state: TripleState): string | undefined {
  if (state !== 'verified' && state !== 'exported') return undefined;
  const shipped =
    state === 'exported' ? 'exported: the module may be in the field' : 'verified: the module works';
  return `this triple was ${shipped}; if another module gets it, the two throw each other out of the cloud`;
}

/** Who may get the triple now. A registered one has its name from the IMEI. */
export function futureOf({ origin, imei = 'none' }: TripleRecord): string {
  return origin === 'file' ? 'any module may get it now' : `only module ${imei} can get it again`;
}
