import { ERROR_REPORTING, SET_ERROR_REPORTING } from '../../../at/commands/error-reporting.js';
import { SET_REGISTRATION_REPORTING } from '../../../at/commands/registration.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import type { LineProbe } from '../line/line-probe.js';

/** Settings that the start-up changes, as they were; undefined is what the module does not tell. */
export interface Habits {
  /** `AT+CMEE`: TS 27.007 9.1. */
  readonly errorReporting: 0 | 1 | 2 | undefined;
  /** `AT+CEREG`: TS 27.007 10.1.22. */
  readonly registrationReporting: 0 | 1 | 2 | undefined;
}

/** What the start-up of a modem sets: `startUp`. */
export const START_UP: Habits = { errorReporting: 1, registrationReporting: 2 };

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

/** Sets again what was otherwise before; gives the command lines of what was put back. */
export async function putBack(modem: Modem, habits: Habits, signal: AbortSignal): Promise<string[]> {
  const { errorReporting: mode, registrationReporting: n } = habits;
  const done: string[] = [];
  if (n !== undefined && n !== START_UP.registrationReporting) {
    await ifSupported(modem.execute(SET_REGISTRATION_REPORTING, { n }, { signal }));
    done.push(`AT+CEREG=${n}`);
  }
  if (mode !== undefined && mode !== START_UP.errorReporting) {
    await ifSupported(modem.execute(SET_ERROR_REPORTING, { mode }, { signal }));
    done.push(`AT+CMEE=${mode}`);
  }
  return done;
}
