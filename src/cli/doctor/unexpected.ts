import type { ErrorCode } from '../../errors/codes.js';
import { SerialServerError } from '../../errors/kinds.js';
import type { ModemError } from '../../errors/modem-error.js';
import { exitCodeOf } from '../exit-codes.js';
import { hintFor } from '../hints.js';
import { type Finding, fail } from './finding.js';
import { serverAdvice } from './port/server.js';

const POWER = 'its power supply breaks down: bursts of the radio draw up to 2 A';

/** Failures that can happen at any step. */
const CAUSES: Partial<Readonly<Record<ErrorCode, readonly string[]>>> = {
  TIMEOUT: [POWER, 'its firmware hangs', 'bytes get lost on the line'],
  NOT_RESPONDING: [POWER, 'its firmware hangs', 'somebody has pulled a wire'],
  REBOOTED: [POWER, 'its firmware has crashed', 'somebody has reset it'],
  PORT_CLOSED: ['the device was unplugged, or restarted', 'the USB bus or the serial server has closed it'],
  PORT_FAILED: ['the device was unplugged, or its driver has failed'],
  COMMAND_FAILED: ['the firmware does not know the command, or cannot do it now'],
  BAD_RESPONSE: ['the firmware answers in a way that atmqtt does not know', 'bytes get lost on the line'],
};

/** A failure that the step has no words of its own for. */
export function unexpectedFinding(error: ModemError): Finding {
  if (error instanceof SerialServerError && error.code !== 'NOT_RESPONDING') {
    return fail(error.message, exitCodeOf(error), serverAdvice(error), {
      code: error.code,
      said: error.said,
    });
  }
  const hint = hintFor(error.code);
  const next = hint === undefined ? ['look at the AT traffic with -d'] : [hint];
  return fail(
    error.message,
    exitCodeOf(error),
    { causes: CAUSES[error.code] ?? [], next },
    { code: error.code },
  );
}
