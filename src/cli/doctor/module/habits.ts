import { ERROR_REPORTING, SET_ERROR_REPORTING } from '../../../at/commands/control.js';
import { SET_REGISTRATION_REPORTING } from '../../../at/commands/registration.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import { ok, warn } from '../finding.js';
import type { LineProbe } from '../line/line-probe.js';
import type { Habits, Step } from '../patient.js';

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

/** What the start-up of a modem sets: `startUp`. */
const START_UP: Habits = { errorReporting: 1, registrationReporting: 2 };

/** ms for one answer. */
const ANSWER_LIMIT = 3_000;

/** Asks on the bare line, before the start-up. */
export async function readHabits(probe: LineProbe): Promise<Habits> {
  const errorReporting = await ask(probe, ERROR_REPORTING.name);
  return { errorReporting, registrationReporting: await ask(probe, '+CEREG') };
}

async function ask(probe: LineProbe, name: string): Promise<0 | 1 | 2 | undefined> {
  const answer = await probe.ask(`AT${name}?\r\n`, ANSWER_LIMIT, (text) =>
    /(?:^|[\r\n])(?:OK|(?:\+CME )?ERROR[^\r\n]*)\r/.test(text),
  );
  const digit = new RegExp(`\\${name}: ?([012])(?:,|\\r)`).exec(answer)?.[1];
  return digit === undefined ? undefined : (Number(digit) as 0 | 1 | 2);
}

/** What became of the settings, by command lines. */
interface Restored {
  /** Set again as they were, and taken by the module. */
  readonly restored: readonly string[];
  /** Set again as they were, and refused. */
  readonly refused: readonly string[];
  /** As the start-up set them, which the module has confirmed; what was before is not known. */
  readonly left: readonly string[];
}

/** Sets again what was otherwise before. */
export async function putBack(modem: Modem, habits: Habits, signal: AbortSignal): Promise<Restored> {
  const settings = [
    {
      name: '+CEREG',
      before: habits.registrationReporting,
      now: START_UP.registrationReporting,
      set: (n: 0 | 1 | 2) => modem.execute(SET_REGISTRATION_REPORTING, { n }, { signal }),
    },
    {
      name: '+CMEE',
      before: habits.errorReporting,
      now: START_UP.errorReporting,
      set: (mode: 0 | 1 | 2) => modem.execute(SET_ERROR_REPORTING, { mode }, { signal }),
    },
  ];
  const [restored, refused, left]: [string[], string[], string[]] = [[], [], []];
  for (const { name, before, now, set } of settings) {
    if (now === undefined || before === now) continue;
    // The start-up goes on after a refusal: the same command once more tells whether it was one.
    const taken = await isTaken(set(before ?? now));
    if (before !== undefined) (taken ? restored : refused).push(`AT${name}=${before}`);
    else if (taken) left.push(`AT${name}=${now}`);
  }
  return { restored, refused, left };
}

async function isTaken(request: Promise<unknown>): Promise<boolean> {
  return (await ifSupported(request.then(() => true))) ?? false;
}
