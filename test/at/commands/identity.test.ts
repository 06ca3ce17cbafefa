import { describe } from 'vitest';
import { SIM_STATE } from '../../../src/at/commands/control.js';
import {
  IMEI,
  IMSI,
  MANUFACTURER,
  MODEL,
  REVISION,
  SERIAL_NUMBER,
} from '../../../src/at/commands/identity.js';
import { expectForeign, expectReading, pinRequest, pinResponse } from './both-directions.js';

describe('bare texts', () => {
  pinRequest(MANUFACTURER, null, 'AT+CGMI');
  pinResponse(MANUFACTURER, 'Lierda', 'Lierda');
  expectReading(MANUFACTURER, 'Lierda', '+CGMI: Lierda');
  expectReading(MANUFACTURER, 'Lierda', '+SOMETHING: 1', 'Lierda', '^OTHER');
  expectForeign(MANUFACTURER, '', '+CGMM: NT26K');

  pinRequest(MODEL, null, 'AT+CGMM');
  pinResponse(MODEL, 'NT26-KCN', 'NT26-KCN');

  pinRequest(REVISION, null, 'AT+CGMR');
  pinResponse(REVISION, 'NT26KCNA00NNA\nL01', 'NT26KCNA00NNA', 'L01');
});

describe('+CGSN=1', () => {
  pinRequest(IMEI, null, 'AT+CGSN=1');
  pinResponse(IMEI, '861326070275653', '+CGSN: "861326070275653"');
  expectReading(IMEI, '861326070275653', '+CGSN: 861326070275653');
  expectReading(IMEI, '861326070275653', '+CGSN:861326070275653');
  expectForeign(
    IMEI,
    '861326070275653',
    '+CGSN: "86132607027565"',
    '+CGSN: "86132607027565X"',
    '+CGSN: "1","2"',
  );
});

describe('+CGSN', () => {
  pinRequest(SERIAL_NUMBER, null, 'AT+CGSN');
  pinResponse(SERIAL_NUMBER, '861326070275653', '861326070275653');
  expectReading(SERIAL_NUMBER, '861326070275653', 'some URC', '861326070275653');
  expectForeign(SERIAL_NUMBER, '8613260702756531', 'NT26', '+CPIN: READY');
});

describe('+CIMI', () => {
  pinRequest(IMSI, null, 'AT+CIMI');
  pinResponse(IMSI, '460042370501234', '460042370501234');
  expectReading(IMSI, '460042370501234', '+CIMI: 460042370501234');
  expectForeign(IMSI, '46004', '4600423705012345', '+CEREG: 1');
});

describe('+CPIN?', () => {
  pinRequest(SIM_STATE, null, 'AT+CPIN?');
  pinResponse(SIM_STATE, 'READY', '+CPIN: READY');
  pinResponse(SIM_STATE, 'SIM PIN', '+CPIN: SIM PIN');
  expectReading(SIM_STATE, 'READY', '+CPIN:READY');
  expectForeign(SIM_STATE, '+CPIN: ', '+CPIN: SIM PIN,3', 'READY');
});
