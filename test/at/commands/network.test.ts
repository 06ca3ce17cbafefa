import { describe, expect, test } from 'vitest';
import { NETWORKS_IN_REACH, OPERATOR, SET_OPERATOR } from '../../../src/at/commands/operator.js';
import { PDP_ADDRESSES, PDP_CONTEXTS } from '../../../src/at/commands/pdp.js';
import {
  ATTACHMENT,
  CIRCUIT_REGISTRATION,
  REGISTRATION,
  SET_CIRCUIT_REGISTRATION_REPORTING,
  SET_REGISTRATION_REPORTING,
} from '../../../src/at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../../src/at/commands/signal.js';
import { expectForeign, expectReading, pinRequest, pinResponse } from './both-directions.js';

describe('+CEREG', () => {
  pinRequest(SET_REGISTRATION_REPORTING, { n: 0 }, 'AT+CEREG=0');
  pinRequest(SET_REGISTRATION_REPORTING, { n: 2 }, 'AT+CEREG=2');
  pinRequest(REGISTRATION, null, 'AT+CEREG?');
  pinResponse(REGISTRATION, { n: 0, stat: 1 }, '+CEREG: 0,1');
  pinResponse(
    REGISTRATION,
    { n: 2, stat: 5, tac: 0x25d5, cell: 0x0a1b2c3d, act: 7 },
    '+CEREG: 2,5,"25D5","0A1B2C3D",7',
  );
  expectReading(REGISTRATION, { n: 2, stat: 1, tac: 0x25d5, cell: 0x1b }, '+CEREG:2,1,25d5,1b');
  expectReading(REGISTRATION, { n: 3, stat: 3 }, '+CEREG: 3,3,,,,0,15');
  // The URC: its second field is quoted, absent or left out.
  expectForeign(REGISTRATION, '+CEREG: 1', '+CEREG: 1,"25D5","0A1B2C3D",7', '+CEREG: 2,,,', '+CEREG: 1,"0"');
  expectForeign(REGISTRATION, '+CREG: 0,1', '+CEREG: x,1', '+CEREG: 0,1,"25D5');
});

describe('+CREG', () => {
  pinRequest(SET_CIRCUIT_REGISTRATION_REPORTING, { n: 1 }, 'AT+CREG=1');
  pinRequest(CIRCUIT_REGISTRATION, null, 'AT+CREG?');
  pinResponse(CIRCUIT_REGISTRATION, { n: 0, stat: 1 }, '+CREG: 0,1');
  expectForeign(CIRCUIT_REGISTRATION, '+CEREG: 0,1', '+CREG: 1');
});

describe('+COPS', () => {
  pinRequest(OPERATOR, null, 'AT+COPS?');
  pinResponse(OPERATOR, { mode: 0 }, '+COPS: 0');
  pinResponse(OPERATOR, { mode: 0, operator: { format: 2, name: '46000', act: 7 } }, '+COPS: 0,2,"46000",7');
  expectReading(
    OPERATOR,
    { mode: 1, operator: { format: 0, name: 'CHINA MOBILE' } },
    '+COPS:1,0,"CHINA MOBILE"',
  );
  pinRequest(SET_OPERATOR, { mode: 0 }, 'AT+COPS=0');
  pinRequest(SET_OPERATOR, { mode: 3, format: 2 }, 'AT+COPS=3,2');
  pinResponse(
    NETWORKS_IN_REACH,
    [
      { stat: 2, longName: 'CHINA MOBILE', shortName: 'CMCC', numeric: '46000', act: 7 },
      { stat: 1, longName: 'CHN-UNICOM', shortName: 'UNICOM', numeric: '46001' },
    ],
    '+COPS: (2,"CHINA MOBILE","CMCC","46000",7),(1,"CHN-UNICOM","UNICOM","46001"),,(0,3),(0-2)',
  );
  pinResponse(NETWORKS_IN_REACH, [], '+COPS: ,,(0,3),(0-2)');
  expectForeign(NETWORKS_IN_REACH, '+COPS: 0', '+COPS: 0,2,"46000",7', '+CREG: (0-2)');

  test.each(['AT+COPS=1', 'AT+COPS=2', 'AT+COPS=3', 'AT+COPS=3,3', 'AT+COPS=0,2', 'AT+COPS='])(
    '%s is none of the settings',
    (line) => {
      expect(SET_OPERATOR.request.parse(line)).toBeUndefined();
    },
  );
  expectForeign(OPERATOR, '+COPS: x', '+COPS:', '+CREG: 0,1');
});

describe('+CGDCONT', () => {
  pinRequest(PDP_CONTEXTS, null, 'AT+CGDCONT?');
  pinResponse(
    PDP_CONTEXTS,
    [{ context: 1, type: 'IP', apn: 'cmnet', address: '' }],
    '+CGDCONT: 1,"IP","cmnet","",0,0',
  );
  expectForeign(PDP_CONTEXTS, '+CGDCONT: x,"IP"', '+CGPADDR: 1,"10.0.0.1"');
});

describe('+CGATT', () => {
  pinRequest(ATTACHMENT, null, 'AT+CGATT?');
  pinResponse(ATTACHMENT, { attached: true }, '+CGATT: 1');
  pinResponse(ATTACHMENT, { attached: false }, '+CGATT: 0');
  expectForeign(ATTACHMENT, '+CGATT: 2', '+CGATT: 1,1', '+CGATT:');
});

describe('+CSQ', () => {
  pinRequest(SIGNAL_QUALITY, null, 'AT+CSQ');
  pinResponse(SIGNAL_QUALITY, { rssi: 27, ber: 99 }, '+CSQ: 27,99');
  expectReading(SIGNAL_QUALITY, { rssi: 0, ber: 0 }, '+CSQ:0,0');
  expectForeign(SIGNAL_QUALITY, '+CSQ: 27', '+CSQ: 27,99,1', '+CSQ: a,b', 'CSQ: 27,99');
});

describe('+CESQ', () => {
  pinRequest(EXTENDED_SIGNAL_QUALITY, null, 'AT+CESQ');
  pinResponse(
    EXTENDED_SIGNAL_QUALITY,
    { rxlev: 99, ber: 99, rscp: 255, ecno: 255, rsrq: 21, rsrp: 52 },
    '+CESQ: 99,99,255,255,21,52',
  );
  expectForeign(
    EXTENDED_SIGNAL_QUALITY,
    '+CESQ: 99,99,255,255,21',
    '+CESQ: 99,99,255,255,21,52,0',
    '+CESQ: ,,,,,',
  );
});

describe('+CGPADDR', () => {
  pinRequest(PDP_ADDRESSES, null, 'AT+CGPADDR');
  pinResponse(PDP_ADDRESSES, []);
  pinResponse(
    PDP_ADDRESSES,
    [
      { context: 1, addresses: ['10.21.7.5', '2001:db8::1'] },
      { context: 2, addresses: [] },
    ],
    '+CGPADDR: 1,"10.21.7.5","2001:db8::1"',
    '+CGPADDR: 2',
  );
  expectReading(PDP_ADDRESSES, [{ context: 1, addresses: ['10.21.7.5'] }], '+CGPADDR: 1,10.21.7.5');
  expectReading(PDP_ADDRESSES, [{ context: 1, addresses: [] }], '+CGPADDR: 1,""');
  expectForeign(PDP_ADDRESSES, '+CGPADDR: ', '+CGPADDR: x,"10.21.7.5"');
});
