import { ModemError } from './modem-error.js';

/** The error for a request whose AbortSignal fired; the signal's reason becomes the cause. */
export function abortedError(signal: AbortSignal, command?: string): ModemError {
  return new ModemError('ABORTED', `${command ?? 'request'}: aborted by the caller`, {
    ...(command === undefined ? {} : { command }),
    cause: signal.reason,
  });
}
