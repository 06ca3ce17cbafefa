import { ok } from '../finding.js';
import { busyFinding } from '../port/busy.js';
import { holdersOf } from '../port/holders.js';
import type { Step } from '../step.js';
import { devicePath, isDeviceFile } from './port.js';

/** Whether another process has the device open. */
export const FREE: Step = {
  name: 'free',
  title: 'free',
  needs: ['port'],
  applies: (plan) => isDeviceFile(plan) && process.platform === 'linux',
  examine: async ({ plan, device }) => {
    const holders = await holdersOf(device.get());
    if (holders === undefined) return ok('it cannot be seen here who holds it', { hidden: null });
    const { found, hidden } = holders;
    if (found.length > 0) return busyFinding(devicePath(plan), found);
    const rest = hidden === 0 ? '' : `, as far as this user may see (${hidden} are of others)`;
    return ok(`no process holds it${rest}`, { holders: [], hidden });
  },
};
