import type { ErrorCode } from '../errors/codes.js';

/** What to do next, for the failures whose message does not say so by itself. */
const HINTS: Partial<Readonly<Record<ErrorCode, string>>> = {
  NOT_RESPONDING: 'check its power, TX and RX, and the baud rate (--baud)',
  TIMEOUT: 'try again with --trace <file> to see what the module said',
  BAD_RESPONSE: 'try again with --trace <file> to see what the module said',
  REBOOTED: 'check its power supply: bursts of the radio draw up to 2 A',
  NOT_REGISTERED: 'check antenna, coverage and subscription, or wait longer with --registration-timeout',
  OPEN_FAILED:
    'most likely nothing listens there: check host and port of the broker as seen from the mobile network, and the APN; ' +
    '`atmqtt doctor` with the same options finds out',
  CONNECT_REFUSED: 'check client id (-i), user name (-u) and password (-P), or the triple',
  CONNECT_FAILED: 'check that an MQTT broker listens there, and the signal with `atmqtt info`',
  SESSION_LOST: 'check that no other client uses the same client id (-i)',
};

export function hintFor(code: ErrorCode): string | undefined {
  return HINTS[code];
}
