import { expect, it } from 'vitest';
import {
  ArgumentError,
  CommandError,
  ModuleRebootedError,
  MqttError,
  TimeoutError,
} from '../../src/errors/kinds.js';
import { abortedError, ModemError } from '../../src/errors/modem-error.js';

it.each([
  [
    new ArgumentError('port', '0', 'a whole number from 1 to 65535'),
    'ArgumentError [INVALID_ARGUMENT]: port is 0, but must be a whole number from 1 to 65535',
  ],
  [
    new TimeoutError('prompt', 5000, { command: 'AT+X' }),
    'TimeoutError [TIMEOUT]: AT+X: no prompt within 5000 ms',
  ],
  [
    new CommandError('+CME ERROR: 10', 10, 'SIM not inserted', { command: 'AT+CPIN?' }),
    'CommandError [COMMAND_FAILED]: AT+CPIN?: the module answered +CME ERROR: 10 (SIM not inserted)',
  ],
  [
    new CommandError('ERROR', undefined, undefined, {}),
    'CommandError [COMMAND_FAILED]: command: the module answered ERROR',
  ],
  [
    new ModuleRebootedError('RDY', { command: 'AT+CSQ' }),
    'ModuleRebootedError [REBOOTED]: the module restarted during AT+CSQ: it sent "RDY"',
  ],
  [new MqttError('OPEN_FAILED', 'open failed', { result: -1 }), 'MqttError [OPEN_FAILED]: open failed'],
])('%s', (error, text) => {
  expect(error).toBeInstanceOf(ModemError);
  expect(`${error.name} [${error.code}]: ${error.message}`).toBe(text);
});

it('an abort keeps the reason of the signal as its cause', () => {
  const reason = new Error('enough');
  const error = abortedError(AbortSignal.abort(reason), 'AT+CSQ');
  expect(error).toMatchObject({
    code: 'ABORTED',
    message: 'AT+CSQ: aborted by the caller',
    command: 'AT+CSQ',
  });
  expect(error.cause).toBe(reason);
});
