import type { CommandPort } from '../../../at/command.js';
import { PDP_CONTEXTS, type PdpContext } from '../../../at/commands/pdp.js';
import { told } from '../../../modem/if-supported.js';
import { ok, warn } from '../finding.js';
import type { Step } from '../patient.js';

/** Whether the module has an address in the network: opening a connection may get it one [A]. */
export const ADDRESS: Step = {
  name: 'address',
  title: 'address',
  needs: ['registration'],
  examine: async ({ plan, modem }) => {
    const address = await modem.get().address({ signal: plan.signal });
    const answer = await readContexts(modem.get(), plan.signal);
    const apn = apnWords(answer);
    const facts = { address: address ?? null, contexts: 'contexts' in answer ? answer.contexts : null };
    if (address !== undefined) return ok(`${address}, ${apn}`, facts);
    return warn(
      `the module has no address yet; ${apn}`,
      {
        causes: ['no PDP context is active: the APN is wrong, or the subscription has no data'],
        next: [
          'compare the APN with that of the operator, and check the subscription, if the broker is not reached',
        ],
      },
      facts,
    );
  },
};

/** What `AT+CGDCONT?` was answered. */
type ContextAnswer =
  | { readonly contexts: readonly PdpContext[] }
  /** Why it is not known, e.g. `the module answered ERROR`. */
  | { readonly unknown: string };

/** Asks for the PDP contexts. */
export async function readContexts(port: CommandPort, signal: AbortSignal): Promise<ContextAnswer> {
  const { value, problem } = await told(port.execute(PDP_CONTEXTS, null, { signal }));
  return problem === undefined ? { contexts: value } : { unknown: problem.message };
}

/** E.g. `APN cmnet`, `APN cmnet (context 1), ims (context 2)`. */
export function apnWords(answer: ContextAnswer): string {
  if ('unknown' in answer) return `APN unknown (${answer.unknown})`;
  const { contexts } = answer;
  if (contexts.length === 0) return 'no APN is set (AT+CGDCONT? lists no context)';
  const names = contexts.map(({ context, apn }) => {
    const name = apn === '' ? 'left to the network' : apn;
    return contexts.length === 1 ? name : `${name} (context ${context})`;
  });
  return `APN ${names.join(', ')}`;
}
