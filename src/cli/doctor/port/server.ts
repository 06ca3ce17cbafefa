import { SerialServerError } from '../../../errors/kinds.js';
import type { ModemError } from '../../../errors/modem-error.js';
import type { Advice } from '../finding.js';

const IN_USE = /\bin use\b|\bbusy\b|\bkicked off\b|\banother (?:client|user|connection)\b/i;
const NO_DEVICE =
  /\bopen failure\b|\bnot found\b|\bno such\b|\b(?:cannot|could not|failed to|unable to) open\b/i;

const CONFIGURATION = 'look at the configuration of the serial server';

/** Why a serial server does not give its port, or does not go on, and what to do there. */
export function serverAdvice(error: ModemError): Advice {
  if (!(error instanceof SerialServerError)) {
    return error.code === 'PORT_NOT_FOUND' ? UNREACHABLE : UNWILLING;
  }
  const { said, instead } = error;
  if (instead.length > 0) {
    return {
      causes: ['the port of the serial server has another protocol than that of the URL'],
      next: instead.map((url) => `give the URL that fits: -p ${url}`),
    };
  }
  if (IN_USE.test(said)) {
    return {
      causes: ['another client is connected to the serial server, or a program there holds its device'],
      next: ['end that client or program, then try again'],
    };
  }
  if (NO_DEVICE.test(said)) {
    return {
      causes: ['the device that the serial server is set up for does not exist there, or cannot be opened'],
      next: ['look at the machine of the serial server: is its device plugged in, and is its path right?'],
    };
  }
  return {
    causes: ['the serial server has ended the connection, for the reason that it gave'],
    next: [CONFIGURATION],
  };
}

const UNREACHABLE: Advice = {
  causes: [
    'nothing listens on that TCP port: the serial server is not running, or has another port',
    'a firewall, or another client has the only connection that the server allows',
  ],
  next: [`${CONFIGURATION} (ser2net: \`connection: accepter: tcp,<port>\`)`],
};

const UNWILLING: Advice = {
  causes: ['the serial server does not do what the URL asks for, or has ended the connection'],
  next: [`leave settings out of the URL; ${CONFIGURATION}`],
};
