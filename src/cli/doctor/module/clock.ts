import { type Finding, ok, warn } from '../finding.js';
import type { Step } from '../patient.js';

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

/** More than that is no delay of the line: s. */
const TOLERANCE = 60;

/** `here`: what this machine takes the time for. */
export function clockFinding(clock: Date | undefined, here: Date): Finding {
  if (clock === undefined) {
    return warn(
      'the clock of the module is not set',
      {
        causes: ['the network does not send it (NITZ), or the module does not take it (AT+CTZU=1)'],
        next: [
          'nothing, unless certificates are to be checked: AT+CTZU=1, or AT+CCLK="yy/MM/dd,hh:mm:ss+zz"',
        ],
      },
      { clock: null, offset: null },
    );
  }
  const offset = Math.round((clock.getTime() - here.getTime()) / 1000);
  const facts = { clock: clock.toISOString(), offset };
  const words = `${clock.toISOString()}, ${offsetWords(offset)}`;
  if (Math.abs(offset) <= TOLERANCE) return ok(words, facts);
  return warn(
    words,
    {
      causes: [
        'the clock of the module was never set, or its time zone is wrong',
        'the clock of this machine is wrong',
      ],
      next: ['compare with a third clock; TLS certificates are refused when the module is far off'],
    },
    facts,
  );
}

const UNITS: readonly { readonly seconds: number; readonly name: string }[] = [
  { seconds: 86_400, name: 'days' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'min' },
];

/** E.g. `2 s ahead of this machine`, `8 h behind this machine`. */
function offsetWords(offset: number): string {
  const far = Math.abs(offset);
  if (far <= 1) return 'as this machine';
  const unit = UNITS.find(({ seconds }) => far >= 2 * seconds);
  const size = unit === undefined ? `${far} s` : `${Math.round(far / unit.seconds)} ${unit.name}`;
  return `${size} ${offset > 0 ? 'ahead of' : 'behind'} this machine`;
}
