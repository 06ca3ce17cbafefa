import type { ErrorCode } from '../errors/codes.js';
import { TimeoutError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';

/** What the process tells its caller. Part of the public interface: scripts compare them. */
export const EXIT = {
  DONE: 0,
  FAILED: 1,
  USAGE: 2,
  PORT: 3,
  MODULE: 4,
  NETWORK: 5,
  BROKER: 6,
  TIME_LIMIT: 7,
  /** 128 and the number of the signal, as shells count. */
  HUNG_UP: 129,
  INTERRUPTED: 130,
  TERMINATED: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXIT_CODES: Readonly<Record<ErrorCode, ExitCode>> = {
  INVALID_ARGUMENT: EXIT.USAGE,
  UNSUPPORTED: EXIT.USAGE,
  PORT_NOT_FOUND: EXIT.PORT,
  PORT_NO_PERMISSION: EXIT.PORT,
  PORT_BUSY: EXIT.PORT,
  PORT_FAILED: EXIT.PORT,
  PORT_CLOSED: EXIT.PORT,
  CLOSED: EXIT.FAILED,
  ABORTED: EXIT.INTERRUPTED,
  TIMEOUT: EXIT.MODULE,
  NOT_RESPONDING: EXIT.MODULE,
  REBOOTED: EXIT.MODULE,
  COMMAND_FAILED: EXIT.FAILED,
  BAD_RESPONSE: EXIT.FAILED,
  SIM_NOT_READY: EXIT.NETWORK,
  NOT_REGISTERED: EXIT.NETWORK,
  OPEN_FAILED: EXIT.BROKER,
  CONNECT_REFUSED: EXIT.BROKER,
  CONNECT_FAILED: EXIT.BROKER,
  SUBSCRIBE_FAILED: EXIT.FAILED,
  UNSUBSCRIBE_FAILED: EXIT.FAILED,
  PUBLISH_FAILED: EXIT.FAILED,
  PUBLISH_REFUSED: EXIT.BROKER,
  DISCONNECT_FAILED: EXIT.FAILED,
  SESSION_LOST: EXIT.BROKER,
  NOT_CONNECTED: EXIT.BROKER,
  QUEUE_FULL: EXIT.FAILED,
  EXPIRED: EXIT.BROKER,
  OUTBOX_BUSY: EXIT.FAILED,
  OUTBOX_UNUSABLE: EXIT.FAILED,
  LEDGER_BUSY: EXIT.FAILED,
  LEDGER_UNUSABLE: EXIT.FAILED,
  FILE_REFUSED: EXIT.USAGE,
  NOT_PROVISIONED: EXIT.FAILED,
  REGISTRATION_FAILED: EXIT.BROKER,
  REGISTRATION_REFUSED: EXIT.BROKER,
  REGISTRATION_UNANSWERED: EXIT.BROKER,
};

/** The exit code for a failure. A missing result is the far end's: the module has accepted the command by then. */
export function exitCodeOf(error: unknown): ExitCode {
  const origin = originOf(error);
  if (origin instanceof TimeoutError && origin.stage === 'result') return EXIT.BROKER;
  return origin instanceof ModemError ? EXIT_CODES[origin.code] : EXIT.FAILED;
}

/** A client that has given up tells the last failure in its own words. */
function originOf(error: unknown): unknown {
  if (!(error instanceof ModemError) || !(error.cause instanceof ModemError)) return error;
  return error.cause.code === error.code ? originOf(error.cause) : error;
}
