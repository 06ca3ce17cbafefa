import { CommandError, MqttError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';

/** Whether the module or the broker has spoken. */
export function isAnswer(error: unknown): boolean {
  return error instanceof MqttError || error instanceof CommandError;
}

/** For a failure that may be that of an earlier attempt, where no second one is made. */
export function doubt(cause: unknown): ModemError {
  return new ModemError('CONNECT_FAILED', 'connect failed: the answer may be that to an earlier attempt', {
    cause,
  });
}
