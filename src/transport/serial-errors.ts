import type { ErrorCode } from '../errors/codes.js';
import { ModemError } from '../errors/modem-error.js';

interface Meaning {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  /** What happened and what to do about it. */
  readonly words: string;
}

const VANISHED: Meaning = {
  pattern:
    /input\/output error|\bEIO\b|no such device|\bENXIO\b|bad file descriptor|\bEBADF\b|port is not open/i,
  code: 'PORT_CLOSED',
  words: 'the port vanished: unplugged, or the device restarted',
};

/**
 * The errors of `serialport` have no code, only texts: `strerror` and words of its own on Linux and macOS ("Error …
 * Cannot lock port"), words of its own on Windows ("Opening COM3: File not found"). First match wins.
 */
const MEANINGS: readonly Meaning[] = [
  {
    pattern: /cannot lock port|resource busy|device or resource busy|temporarily unavailable/i,
    code: 'PORT_BUSY',
    words: 'another process holds the port: close it (fuser or lsof tell which; ModemManager is a usual one)',
  },
  {
    pattern: /no such file|file not found|no such device or address, cannot open/i,
    code: 'PORT_NOT_FOUND',
    words: 'there is no such port: is the device plugged in? `atmqtt ports` lists the ports',
  },
  {
    pattern: /permission denied/i,
    code: 'PORT_NO_PERMISSION',
    words: "this user may not open the port: add it to the port's group (dialout or uucp) and log in again",
  },
  {
    // Windows gives the same error for a port that is open elsewhere as for a missing right; the former is the rule.
    pattern: /access denied/i,
    code: 'PORT_BUSY',
    words: 'another program holds the port, or this user may not open it',
  },
  VANISHED,
  {
    pattern: /inappropriate ioctl|not a terminal/i,
    code: 'PORT_FAILED',
    words: 'this is not a serial port',
  },
];

/** An error of `serialport` as a `ModemError`. */
export function serialError(name: string, error: Error): ModemError {
  const meaning = isDisconnect(error)
    ? VANISHED
    : MEANINGS.find(({ pattern }) => pattern.test(error.message));
  const { code, words } = meaning ?? { code: 'PORT_FAILED', words: error.message };
  return new ModemError(code, `${name}: ${words}`, { cause: error });
}

/** The port closed by itself; the text of such an error is that of the last read or write. */
function isDisconnect(error: Error): boolean {
  return 'disconnected' in error && error.disconnected === true;
}

/** The error for a port that is gone; `cause` is what the system said, if anything. */
export function vanishedError(name: string, cause?: Error): ModemError {
  return new ModemError(VANISHED.code, `${name}: ${VANISHED.words}`, { cause });
}
