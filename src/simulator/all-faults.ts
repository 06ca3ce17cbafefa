import { DIALECTS } from '../dialects/registry.js';
import type { FaultDefinition } from './module/faults/fault.js';
import { faultsWith } from './module/faults/fault-switches.js';

/** Every fault that a simulated module can have, whatever its dialect; of one name only the first. */
export async function allFaults(): Promise<readonly FaultDefinition[]> {
  const own = (await Promise.all(DIALECTS.map(({ simulated }) => simulated()))).flatMap(
    ({ faults }) => faults,
  );
  const byName = new Map<string, FaultDefinition>();
  for (const fault of faultsWith(own)) if (!byName.has(fault.name)) byName.set(fault.name, fault);
  return [...byName.values()];
}
