import { ok, warn } from '../finding.js';
import { putBack } from '../module/habits.js';
import type { Step } from '../step.js';

/** Puts back what the start-up has changed, and says what is left. */
export const SETTINGS: Step = {
  name: 'settings',
  title: 'settings',
  needs: ['at'],
  examine: async ({ plan, modem, habits: slot }) => {
    const habits = slot.get();
    const { restored, refused, left } = await putBack(modem.get(), habits, plan.signal);
    const facts = { restored, left, ...(refused.length === 0 ? {} : { refused }) };
    const changed = [
      ...(left.length === 0 ? [] : [`${left.join(' and ')} was set; what was set before is not known`]),
      ...(refused.length === 0 ? [] : [`the module refused ${refused.join(' and ')}, as it was before`]),
    ];
    if (changed.length > 0) {
      const advice = {
        causes: ['atmqtt sets these at each start'],
        next: ['nothing: they last until the module restarts'],
      };
      return warn(changed.join('; '), advice, facts);
    }
    return ok(restored.length === 0 ? 'unchanged' : `set back: ${restored.join(', ')}`, facts);
  },
};
