import { ok, warn } from '../finding.js';
import { putBack, START_UP } from '../module/habits.js';
import type { Step } from '../step.js';

/** Puts back what the start-up has changed, and says what is left. */
export const SETTINGS: Step = {
  name: 'settings',
  title: 'settings',
  needs: ['at'],
  examine: async ({ plan, modem, habits: slot }) => {
    const habits = slot.get();
    const restored = await putBack(modem.get(), habits, plan.signal);
    const unknown = [
      ...(habits.errorReporting === undefined ? [`AT+CMEE=${START_UP.errorReporting}`] : []),
      ...(habits.registrationReporting === undefined ? [`AT+CEREG=${START_UP.registrationReporting}`] : []),
    ];
    const facts = { restored, left: unknown };
    if (unknown.length > 0) {
      return warn(
        `the module has ${unknown.join(' and ')} now, and did not tell what it had before`,
        {
          causes: ['atmqtt sets these at each start'],
          next: ['nothing: they last until the module restarts'],
        },
        facts,
      );
    }
    return ok(restored.length === 0 ? 'as before' : `as before again: ${restored.join(', ')}`, facts);
  },
};
