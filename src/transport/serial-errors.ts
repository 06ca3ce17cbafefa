import type { ErrorCode } from '../errors/codes.js';
import { ModemError } from '../errors/modem-error.js';

/**
 * Most errors of `serialport` have no code, only texts: `strerror` on Linux (of glibc or musl) and macOS, with words of
 * its own around them ("Error: …, cannot open …", "Error … Cannot lock port"), and words of its own on Windows
 * ("Opening COM3: File not found"). First match wins. The numbers are those of Windows for a device that is gone or
 * does not work [A].
 */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/cannot lock port|resource busy|temporarily unavailable/i, 'EBUSY'],
  [/access denied/i, 'ACCESS DENIED'],
  [/operation not permitted/i, 'EPERM'],
  [/permission denied/i, 'EACCES'],
  [/no such file|file not found/i, 'ENOENT'],
  [/no such device or address|device not configured/i, 'ENXIO'],
  [/no such device|operation not supported by device/i, 'ENODEV'],
  [/input\/output error|i\/o error|unknown error code (?:22|31|121|433|1167)\b/i, 'EIO'],
  [/inappropriate ioctl|not a (?:terminal|tty)|descriptor in bad state/i, 'ENOTTY'],
  [/bad file descriptor|invalid handle|operation aborted|port is not open/i, 'EBADF'],
  [/is a directory/i, 'EISDIR'],
  [/not a directory/i, 'ENOTDIR'],
  [/symbolic link/i, 'ELOOP'],
  [/file ?name too long/i, 'ENAMETOOLONG'],
  [/too many open files in system/i, 'ENFILE'],
  [/too many open files|no file descriptors available/i, 'EMFILE'],
  [/invalid argument|parameter is incorrect/i, 'EINVAL'],
];

/** Our code, what happened, and what to do about it. */
type Meaning = readonly [code: ErrorCode, words: string];

const VANISHED: Meaning = ['PORT_CLOSED', 'the port vanished: unplugged, or the device restarted'];
const NO_SUCH_PORT: Meaning = [
  'PORT_NOT_FOUND',
  'there is no such port: is the device plugged in? `atmqtt ports` lists the ports',
];
const NO_HARDWARE: Meaning = [
  'PORT_NOT_FOUND',
  'there is no such port: its file exists, but no device is behind it; `atmqtt ports` lists the ports',
];
const NOT_SERIAL: Meaning = ['PORT_FAILED', 'this is not a serial port'];

/** While a port is opened and set up. */
const OPENING: Readonly<Record<string, Meaning>> = {
  ENOENT: NO_SUCH_PORT,
  ENOTDIR: NO_SUCH_PORT,
  ELOOP: NO_SUCH_PORT,
  ENAMETOOLONG: NO_SUCH_PORT,
  ENXIO: NO_HARDWARE,
  ENODEV: NO_HARDWARE,
  EBUSY: [
    'PORT_BUSY',
    'another process holds the port: close it (fuser or lsof tell which; ModemManager is a usual one)',
  ],
  // Windows gives the same error for a port that is open elsewhere as for a missing right; the former is the rule.
  'ACCESS DENIED': ['PORT_BUSY', 'another program holds the port, or this user may not open it'],
  EACCES: [
    'PORT_NO_PERMISSION',
    "this user may not open the port: add it to the port's group (dialout or uucp) and log in again",
  ],
  // The device controller of control groups answers so, to root as well.
  EPERM: [
    'PORT_NO_PERMISSION',
    'the system lets no user of this container or service open the port: give it the device (docker run --device, DeviceAllow= of systemd)',
  ],
  EIO: [
    'PORT_FAILED',
    'the hardware of the port does not react: there is none (a ttyS without a chip), it was unplugged, or its driver failed (dmesg tells)',
  ],
  ENOTTY: NOT_SERIAL,
  EISDIR: NOT_SERIAL,
  EBADF: VANISHED,
  EMFILE: ['PORT_FAILED', 'this process has too many files open: close some, or raise its limit (ulimit -n)'],
  ENFILE: ['PORT_FAILED', 'the system has too many files open'],
};

/** While an open port is used. Windows denies access to a device that is gone. */
const IN_USE: Readonly<Record<string, Meaning>> = {
  EIO: VANISHED,
  ENXIO: VANISHED,
  ENODEV: VANISHED,
  ENOENT: VANISHED,
  EBADF: VANISHED,
  'ACCESS DENIED': VANISHED,
  ENOTTY: NOT_SERIAL,
};

/** What an error of `serialport` is by the name that the system has for it, e.g. `EPERM`; undefined if it is none. */
export function systemErrorName(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // The path could contain anything.
  const reason = error.message.replace(/, cannot open .*$/s, '');
  return TEXTS.find(([pattern]) => pattern.test(reason))?.[1];
}

/** An error of `serialport` while it opened a port. */
export function openingError(name: string, error: Error): ModemError {
  const systemName = systemErrorName(error);
  // Of several settings the system does not say which: its own words are better than none.
  if (systemName === 'EINVAL')
    return portError(name, ['PORT_FAILED', `the port cannot do these settings: ${error.message}`], error);
  return portError(name, OPENING[systemName ?? ''], error);
}

/** An error of an open port. */
export function serialError(name: string, error: Error): ModemError {
  return portError(name, isDisconnect(error) ? VANISHED : IN_USE[systemErrorName(error) ?? ''], error);
}

/** The error for a port that is gone; `cause` is what the system said, if anything. */
export function vanishedError(name: string, cause?: Error): ModemError {
  const [code, words] = VANISHED;
  return new ModemError(code, `${name}: ${words}`, { cause });
}

function portError(name: string, meaning: Meaning | undefined, cause: Error): ModemError {
  const [code, words] = meaning ?? ['PORT_FAILED', cause.message];
  return new ModemError(code, `${name}: ${words}`, { cause });
}

/** The port closed by itself; the text of such an error is that of the last read or write. */
function isDisconnect(error: Error): boolean {
  return 'disconnected' in error && error.disconnected === true;
}
