import { ok, warn } from '../finding.js';
import { judgeEcho } from '../line/judge.js';
import type { Step } from '../step.js';

/** Whether the module repeats command lines: V.250 6.2.4. */
export const ECHO: Step = {
  name: 'echo',
  title: 'echo',
  needs: ['at'],
  examine: async ({ firstAnswer }) => {
    const echo = judgeEcho(firstAnswer.get());
    if (echo === 'off') return ok('off', { echo });
    if (echo === 'on') return ok('on; atmqtt works with it, and the doctor leaves it so', { echo });
    return warn(
      'something else than the command line stands before the answer',
      {
        causes: [
          'bytes get lost or garbled: bad ground, long wires, a rate that is a little off',
          'the module had just woken up',
        ],
        next: ['check the wiring; a lower rate (AT+IPR) or flow control (rtscts=true) may help'],
      },
      { echo },
    );
  },
};
