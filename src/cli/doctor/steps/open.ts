import { ModemError } from '../../../errors/modem-error.js';
import { EXIT } from '../../exit-codes.js';
import { hintFor } from '../../hints.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import { openLine } from '../line/open-line.js';
import type { Plan } from '../patient.js';
import { busyAdvice } from '../port/busy.js';
import type { Step } from '../step.js';
import { devicePath } from './port.js';

/** Whether the port can be opened. */
export const OPEN: Step = {
  name: 'open',
  title: 'opens',
  needs: ['port', 'permission', 'free'],
  examine: async ({ plan, stream }): Promise<Finding> => {
    const { target } = plan;
    try {
      stream.set(await openLine(plan, target.source));
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted || error.code === 'INVALID_ARGUMENT')
        throw error;
      return fail(error.message, EXIT.PORT, adviceFor(error, plan), { code: error.code });
    }
    if (target.kind !== 'device') return ok('it is open');
    const { baudRate, rtscts = false } = target.settings;
    return ok(`it is open, ${baudRate} bit/s`, { baudRate, rtscts });
  },
};

function adviceFor({ code }: ModemError, plan: Plan): Advice {
  if (plan.target.kind === 'tcp') return tcpAdvice(plan.target.port);
  if (code === 'PORT_BUSY') return busyAdvice(devicePath(plan), []);
  const hint = hintFor(code);
  return {
    causes: ['it is no serial port, its driver fails, or the rate is one that it cannot do'],
    next: [...(hint === undefined ? [] : [hint]), 'dmesg | tail   (what the driver says)'],
  };
}

function tcpAdvice(port: number): Advice {
  return {
    causes: [
      `nothing listens on TCP port ${port} there: the serial server is not running, or has another port`,
      'a firewall, or another client has the only connection that the server allows',
    ],
    next: [
      'look at the configuration of the serial server (ser2net: `connection: accepter: tcp,<port>`, raw mode)',
    ],
  };
}
