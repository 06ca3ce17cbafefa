import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../src/errors/codes.js';
import { CommandError, MqttError, SerialServerError, TimeoutError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { FAILURES } from '../../../src/provisioning/failures.js';
import { reasonOf, StationFailure } from '../../../src/provisioning/station/reasons.js';

const refused = (returnCode: number) =>
  new MqttError('CONNECT_REFUSED', 'no', { result: 0, extend: returnCode });
const late = (stage: 'response' | 'result') => new TimeoutError(stage, 5, { command: 'AT+X' });
const error = (command: string) => new CommandError('ERROR', undefined, undefined, { command });

describe('reasonOf', () => {
  it.each([
    ['a wrong signature', refused(4), 'connecting', 'SIGNATURE_REFUSED'],
    ['a device that may not', refused(5), 'connecting', 'SIGNATURE_REFUSED'],
    ['a client id that is refused', refused(2), 'connecting', 'LOGIN_REFUSED'],
    ['a cloud that is busy', refused(3), 'connecting', 'CLOUD_UNREACHABLE'],
    ['a connection that is gone', error('AT+LMQTTCONN=0,"cid"'), 'connecting', 'CLOUD_UNREACHABLE'],
    ['a login without a result', late('result'), 'connecting', 'CLOUD_UNREACHABLE'],
    ['a proof without an answer', late('result'), 'proving', 'PROOF_FAILED'],
    ['a module that says nothing', late('response'), 'proving', 'MODULE_LOST'],
    ['a triple that is refused', error('AT+LMQTTCFG="cloud",0,2,1'), 'writing', 'WRITE_REFUSED'],
    ['the same by the client', error('AT+LMQTTCFG="aliauth",0,"p","d","s"'), 'connecting', 'WRITE_REFUSED'],
    ['a refused setting', error('AT+LMQTTCFG="session",0,1'), 'connecting', 'MODULE_FAULT'],
    ['a refused publish', error('AT+LMQTTPUB=0,1,0,0,"t",1'), 'proving', 'PROOF_FAILED'],
    ['a failure that is none of the table', new RangeError('oops'), 'writing', 'STATION_FAULT'],
  ] as const)('takes %s for what it is', (_what, cause, phase, code) => {
    expect(reasonOf(cause, phase).code).toBe(code);
  });

  it('does not blame the module for what a serial server has said', () => {
    const kicked = new SerialServerError('PORT_CLOSED', 'closed: "kicked off"', { said: 'kicked off' });
    expect(reasonOf(kicked, 'proving')).toEqual({ code: 'MODULE_LOST', message: 'closed: "kicked off"' });
  });

  it('gives every error code a reason of the table, and a station fault only to what cannot come', () => {
    const never: ErrorCode[] = ['INVALID_ARGUMENT', 'UNSUBSCRIBE_FAILED', 'QUEUE_FULL', 'EXPIRED'];
    const foreign: ErrorCode[] = ['OUTBOX_BUSY', 'OUTBOX_UNUSABLE', 'FILE_REFUSED', 'NOT_PROVISIONED'];
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      const reason = reasonOf(new ModemError(code, 'said so'), 'connecting');
      expect(FAILURES).toHaveProperty(reason.code);
      expect(reason.code === 'STATION_FAULT', code).toBe([...never, ...foreign].includes(code));
      expect(reason.message).toContain('said so');
    }
  });

  it('keeps the words of a failure of the station', () => {
    const { code, message } = reasonOf(new StationFailure('WRONG_SIM', 'its ICCID is 1'), 'identifying');
    expect(code).toBe('WRONG_SIM');
    expect(message).toBe('the SIM is not one of the expected kind: its ICCID is 1');
  });

  it('masks secrets in whatever it quotes', () => {
    const { message } = reasonOf(new Error('LMQTTCFG="aliauth",0,"pk","dn","topsecret"'), 'writing');
    expect(message).not.toContain('topsecret');
  });
});
