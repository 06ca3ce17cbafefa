import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-codes.js';
import { factLines, factRecord } from '../../src/cli/info/facts.js';
import { failureRecord, failureText } from '../../src/cli/log.js';
import { portLines } from '../../src/cli/ports/run.js';
import { imeiAt, listenUrls } from '../../src/cli/sim/modules.js';
import { ERROR_CODES, type ErrorCode } from '../../src/errors/codes.js';
import { TimeoutError } from '../../src/errors/kinds.js';
import { ModemError } from '../../src/errors/modem-error.js';

const EXPECTED: Readonly<Record<number, string>> = {
  1: 'CLOSED COMMAND_FAILED BAD_RESPONSE SUBSCRIBE_FAILED UNSUBSCRIBE_FAILED PUBLISH_FAILED DISCONNECT_FAILED QUEUE_FULL OUTBOX_BUSY OUTBOX_UNUSABLE LEDGER_BUSY LEDGER_UNUSABLE NOT_PROVISIONED',
  2: 'INVALID_ARGUMENT UNSUPPORTED FILE_REFUSED',
  3: 'PORT_NOT_FOUND PORT_NO_PERMISSION PORT_BUSY PORT_FAILED PORT_CLOSED',
  4: 'TIMEOUT NOT_RESPONDING REBOOTED',
  5: 'SIM_NOT_READY NOT_REGISTERED',
  6: 'OPEN_FAILED CONNECT_REFUSED CONNECT_FAILED PUBLISH_REFUSED SESSION_LOST NOT_CONNECTED EXPIRED REGISTRATION_FAILED REGISTRATION_REFUSED REGISTRATION_UNANSWERED',
  130: 'ABORTED',
};

describe('exit codes', () => {
  it('are given for every code of an error', () => {
    const found: Record<number, string> = {};
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      const exitCode = exitCodeOf(new ModemError(code, 'x'));
      found[exitCode] = exitCode in found ? `${found[exitCode]} ${code}` : code;
    }
    expect(found).toEqual(EXPECTED);
  });

  it('tell a module that is silent from a broker that is', () => {
    expect(exitCodeOf(new TimeoutError('response', 5000, { command: 'AT' }))).toBe(4);
    expect(exitCodeOf(new TimeoutError('result', 5000, { command: 'connect' }))).toBe(6);
    expect(exitCodeOf(new Error('bug'))).toBe(1);
    const cause = new TimeoutError('result', 5000, { command: 'connect' });
    const gaveUp = new ModemError('TIMEOUT', 'gives up', { cause });
    expect(exitCodeOf(new ModemError('TIMEOUT', 'gives up', { cause: gaveUp }))).toBe(6);
    expect(exitCodeOf(new ModemError('NOT_RESPONDING', 'silent', { cause }))).toBe(4);
  });
});

describe('failures', () => {
  it('are one line: what, why, what to do', () => {
    const error = new ModemError('NOT_REGISTERED', 'not registered yet,\r\n the module is searching');
    expect(failureText(failureRecord(error, false))).toBe(
      'not registered yet, the module is searching; ' +
        'check antenna, coverage and subscription, or wait longer with --registration-timeout',
    );
  });

  it('have a stack only for those who debug', () => {
    const error = new Error('bug');
    expect(failureRecord(error, false)).toEqual({ error: { code: 'INTERNAL', message: 'bug', exitCode: 1 } });
    expect(failureText(failureRecord(error, true))).toBe(`bug\n${error.stack}`);
  });
});

describe('info', () => {
  const NOTHING = {
    identity: { manufacturer: '', model: '', revision: '' },
    problems: {},
    sim: undefined,
    registration: undefined,
    signal: undefined,
    address: undefined,
    clock: undefined,
  };

  it('shows unknown for all that a module does not tell', () => {
    const lines = factLines(NOTHING);
    expect(lines).toHaveLength(12);
    for (const line of lines) expect(line).toMatch(/^[A-Za-z]+ +unknown$/);
    expect(Object.values(factRecord('COM3', NOTHING)).filter((value) => value !== null)).toEqual(['COM3']);
  });

  it('says why something is unknown', () => {
    const facts = { ...NOTHING, problems: { imei: 'AT+CGSN: the module answered ERROR', clock: 'late' } };
    expect(factLines(facts)[4]).toBe('IMEI          unknown: AT+CGSN: the module answered ERROR');
    expect(factRecord('COM3', facts)).toMatchObject({ imei: null, problems: { clock: 'late' } });
  });

  it('explains registration and signal', () => {
    const lines = factLines({
      ...NOTHING,
      registration: { status: 'roaming', registered: true, tac: 0x1a2b, cell: 0xc3d4e5, act: 9 },
      signal: { rssi: -113, rsrp: undefined, rsrq: -8.5, sinr: 3, quality: 'poor' },
    });
    expect(lines[8]).toBe(
      'network       registered, roaming, E-UTRAN (NB-S1), tracking area 1A2B, cell C3D4E5',
    );
    expect(lines[9]).toBe(
      'signal        the signal is poor: expect retries, try another place or antenna ' +
        '(RSSI -113 dBm, RSRP unknown, RSRQ -8.5 dB, SINR 3 dB)',
    );
  });
});

describe('ports', () => {
  it('stand in columns', () => {
    const lines = portLines([
      { path: '/dev/ttyS0' },
      {
        path: '/dev/ttyUSB10',
        looksLike: 'CP210x',
        vendorId: '10c4',
        productId: 'ea60',
        byId: '/dev/serial/by-id/x',
      },
    ]);
    expect(lines).toEqual(['/dev/ttyS0', '/dev/ttyUSB10  CP210x  10c4:ea60  /dev/serial/by-id/x']);
  });
});

describe('sim', () => {
  it('numbers its ports and paths', () => {
    expect(listenUrls({ tcp: 'localhost:4001', count: 2 })).toEqual([
      'tcp://localhost:4001',
      'tcp://localhost:4002',
    ]);
    expect(listenUrls({ tcp: '0', count: 2 })).toEqual(['tcp://127.0.0.1:0', 'tcp://127.0.0.1:0']);
    expect(listenUrls({ tcp: 'tcp://[::1]:9', count: 1 })).toEqual(['tcp://[::1]:9']);
    expect(listenUrls({ pty: '/tmp/m', count: 1 })).toEqual(['pty:/tmp/m']);
    expect(listenUrls({ pty: '/tmp/m', count: 2 })).toEqual(['pty:/tmp/m1', 'pty:/tmp/m2']);
  });

  it.each([
    { tcp: 'a:65535', count: 2 },
    { tcp: 'host', count: 1 },
    { tcp: 'a:b:1', count: 1 },
    { tcp: 'a:1', pty: '/tmp/m', count: 1 },
    { count: 1 },
  ])('refuses to listen on %o', (options) => {
    expect(() => listenUrls(options)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('gives each module an IMEI with its check digit', () => {
    // Check digits worked out by hand: doubled digits at even places, TS 23.003 annex B.
    expect([0, 1, 35].map((place) => imeiAt(place))).toEqual([
      '861326070275653',
      '861326070275661',
      '861326070276008',
    ]);
  });
});
