import { describe, expect, test } from 'vitest';
import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../../src/at/commands/basic.js';
import {
  COMMAND_LIST,
  ERROR_REPORTING,
  FUNCTIONALITY,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
} from '../../../src/at/commands/control.js';
import { ArgumentError } from '../../../src/errors/kinds.js';
import { expectForeign, pinBareCommand, pinRequest, pinResponse } from './both-directions.js';

describe('AT', () => pinBareCommand(ATTENTION, 'AT'));

describe('ATE', () => {
  pinRequest(ECHO, { enabled: false }, 'ATE0');
  pinRequest(ECHO, { enabled: true }, 'ATE1');
  pinResponse(ECHO, null);

  test('a left-out number means 0', () => {
    expect(ECHO.request.parse('ATE')).toEqual({ enabled: false });
    expect(ECHO.request.parse('ATE2')).toBeUndefined();
  });
});

describe('+CMEE', () => {
  pinRequest(SET_ERROR_REPORTING, { mode: 0 }, 'AT+CMEE=0');
  pinRequest(SET_ERROR_REPORTING, { mode: 2 }, 'AT+CMEE=2');
  pinRequest(ERROR_REPORTING, null, 'AT+CMEE?');
  pinResponse(ERROR_REPORTING, { mode: 1 }, '+CMEE: 1');
  expectForeign(ERROR_REPORTING, '+CMEE: 3', '+CMEE: 1,1', '+CMEE:', '+CMEEX: 1');
});

describe('+CLAC', () => {
  pinRequest(COMMAND_LIST, null, 'AT+CLAC');

  test.each([
    ['AT+CSQ', '+QMTOPEN', '&F', 'E'],
    ['+CLAC: AT+CSQ,+QMTOPEN, AT&F,E'],
    ['+CLAC:+CSQ', 'AT+QMTOPEN,AT&F', 'not one', 'ATE'],
  ])('is read from %j', (...texts) => {
    const lines = texts.map((text) => ({ text }));
    expect(COMMAND_LIST.response.parse(lines)).toEqual(['+CSQ', '+QMTOPEN', '&F', 'E']);
  });
});

describe('+CFUN', () => {
  pinRequest(FUNCTIONALITY, null, 'AT+CFUN?');
  pinResponse(FUNCTIONALITY, { level: 4 }, '+CFUN: 4');

  test.each(['+CFUN: 1,0', '+CFUN:1'])('%s is full functionality', (text) => {
    expect(FUNCTIONALITY.response.parse([{ text }])).toEqual({ level: 1 });
    expect(FUNCTIONALITY.response.parse([])).toBeUndefined();
  });

  pinRequest(SET_FUNCTIONALITY, { level: 0 }, 'AT+CFUN=0');
  pinRequest(SET_FUNCTIONALITY, { level: 1 }, 'AT+CFUN=1');
  pinRequest(SET_FUNCTIONALITY, { level: 4 }, 'AT+CFUN=4');
  pinRequest(SET_FUNCTIONALITY, { level: 0, reset: true }, 'AT+CFUN=0,1');

  test('an explicit 0 is no reset', () => {
    expect(SET_FUNCTIONALITY.request.parse('AT+CFUN=1,0')).toEqual({ level: 1 });
  });

  test.each(['AT+CFUN=2', 'AT+CFUN=0,2', 'AT+CFUN=0,1,1', 'AT+CFUN=', 'AT+CFUN?', 'AT+CFUN="x'])(
    '%s is not this command',
    (line) => expect(SET_FUNCTIONALITY.request.parse(line)).toBeUndefined(),
  );
});

describe('+IPR', () => {
  pinRequest(SET_BAUD_RATE, { baudRate: 115200 }, 'AT+IPR=115200');
  pinRequest(SET_BAUD_RATE, { baudRate: 0 }, 'AT+IPR=0');
});

describe('arguments that the wire cannot carry', () => {
  // A caller without a type checker can pass anything.
  const refused: [string, () => string][] = [
    ['level', () => SET_FUNCTIONALITY.request.format({ level: 2 as 1 })],
    ['reset', () => SET_FUNCTIONALITY.request.format({ level: 1, reset: 1 as unknown as boolean })],
    ['mode', () => SET_ERROR_REPORTING.request.format({ mode: 3 as 2 })],
    ['enabled', () => ECHO.request.format({ enabled: 'yes' as unknown as boolean })],
    ['baudRate', () => SET_BAUD_RATE.request.format({ baudRate: 115201 as 115200 })],
  ];

  test.each(refused)('%s is refused with its name', (field, format) => {
    expect(format).toThrow(ArgumentError);
    expect(format).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field }));
  });
});
