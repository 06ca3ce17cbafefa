import { clockFinding } from '../module/clock-finding.js';
import type { Step } from '../step.js';

/** Whether the module knows the time. */
export const CLOCK: Step = {
  name: 'clock',
  title: 'clock',
  needs: ['at'],
  examine: async ({ plan, modem }) => {
    const clock = await modem.get().clock({ signal: plan.signal });
    return clockFinding(clock, new Date());
  },
};
