import type { Duplex } from 'node:stream';
import { ModemError } from '../../../errors/modem-error.js';
import { lineControl } from '../../../transport/transport.js';
import { delay } from '../../../util/delay.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import { openLine } from '../line/open-line.js';
import type { Plan } from '../patient.js';
import { openingAdvice } from '../port/opening.js';
import { serverAdvice } from '../port/server.js';
import type { Step } from '../step.js';
import { rateOf } from '../target.js';
import { devicePath } from './port.js';

/** ms in which a serial server says that it does not give its port: it takes the connection first. */
const SERVER_TIME = 300;

/** Whether the port can be opened. */
export const OPEN: Step = {
  name: 'open',
  title: 'opens',
  needs: ['port', 'permission', 'free'],
  examine: async ({ plan, stream }): Promise<Finding> => {
    const { target } = plan;
    try {
      const line = await openLine(plan, target.source);
      // Stays for good: what happens between two steps is found by the next one.
      line.on('error', () => {});
      if (target.kind === 'tcp') await refusal(line, plan.signal);
      stream.set(line);
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted || error.code === 'INVALID_ARGUMENT')
        throw error;
      return fail(error.message, EXIT.PORT, adviceFor(error, plan), { code: error.code });
    }
    const baudRate = rateOf(target) ?? lineControl(stream.get())?.baudRate;
    const rtscts = target.kind === 'device' ? { rtscts: target.settings.rtscts ?? false } : {};
    return baudRate === undefined
      ? ok('it is open')
      : ok(`it is open, ${baudRate} bit/s`, { baudRate, ...rtscts });
  },
};

/** Resolves if the server keeps the connection for a moment; rejects with why it does not. */
async function refusal(line: Duplex, signal: AbortSignal): Promise<void> {
  const closed = new AbortController();
  const onClose = () => closed.abort();
  line.once('close', onClose);
  await delay(SERVER_TIME, AbortSignal.any([signal, closed.signal]));
  line.off('close', onClose);
  if (line.errored) throw line.errored;
}

function adviceFor(error: ModemError, plan: Plan): Advice {
  if (plan.target.kind === 'tcp') return serverAdvice(error);
  return openingAdvice(error, devicePath(plan));
}
