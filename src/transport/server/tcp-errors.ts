import type { ErrorCode } from '../../errors/codes.js';
import { ModemError } from '../../errors/modem-error.js';

/** What the errors of a socket mean: `code` of Node's error, our code, and words. */
const TCP_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ECONNREFUSED: ['PORT_NOT_FOUND', 'nothing listens there'],
  ENOTFOUND: ['PORT_NOT_FOUND', 'the host name is not known'],
  EAI_AGAIN: ['PORT_NOT_FOUND', 'the host name cannot be resolved now'],
  EHOSTUNREACH: ['PORT_NOT_FOUND', 'the host cannot be reached'],
  EHOSTDOWN: ['PORT_NOT_FOUND', 'the host cannot be reached'],
  ENETUNREACH: ['PORT_NOT_FOUND', 'the network cannot be reached'],
  ENETDOWN: ['PORT_NOT_FOUND', 'the network of this machine is down'],
  EACCES: ['PORT_NO_PERMISSION', 'the system does not allow this connection'],
  // A firewall of this machine answers so.
  EPERM: ['PORT_NO_PERMISSION', 'the system does not allow this connection'],
  ECONNRESET: ['PORT_CLOSED', 'reset by the other side'],
  ECONNABORTED: ['PORT_CLOSED', 'the system ended the connection'],
  EPIPE: ['PORT_CLOSED', 'closed by the other side'],
  ETIMEDOUT: ['PORT_CLOSED', 'the other side does not answer any more'],
};

/** The error of a socket as a `ModemError`. */
export function tcpError(name: string, error: Error): ModemError {
  const [code, words] = TCP_ERRORS[(error as NodeJS.ErrnoException).code ?? ''] ?? [
    'PORT_FAILED',
    error.message,
  ];
  return new ModemError(code, `${name}: ${words}`, { cause: error });
}
