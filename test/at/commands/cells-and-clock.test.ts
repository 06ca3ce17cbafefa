import { describe } from 'vitest';
import { CLOCK } from '../../../src/at/commands/clock.js';
import { CELLS } from '../../../src/at/commands/lierda.js';
import { expectForeign, expectReading, pinRequest, pinResponse } from './both-directions.js';

const SERVING = {
  kind: 'serving',
  technology: 'LTE',
  mcc: '460',
  mnc: '00',
  tac: 0x25d5,
  cell: 0x0a1b2c3d,
  pci: 123,
  rxlev: 40,
  earfcn: 38400,
  rsrp: -88,
  rsrq: -9,
  snr: 14,
} as const;

describe('+LCELL', () => {
  pinRequest(CELLS, null, 'AT+LCELL?');
  pinResponse(CELLS, []);
  pinResponse(
    CELLS,
    [SERVING, { ...SERVING, kind: 'neighbour', pci: 7, rsrp: -101, snr: undefined }],
    '+LCELL: "servingcell","LTE",460,00,25D5,0A1B2C3D,123,40,38400,-88,-9,14',
    '+LCELL: "neighbourcell","LTE",460,00,25D5,0A1B2C3D,7,40,38400,-101,-9,-',
  );
  expectReading(
    CELLS,
    [SERVING],
    '+LCELL:"servingcell","LTE",460,00,"25d5","a1b2c3d",123,40,38400,-88,-9,14,0',
  );
  expectReading(
    CELLS,
    [{ ...SERVING, tac: undefined, cell: undefined }],
    '+LCELL: "servingcell","LTE",460,00,-,,123,40,38400,-88,-9,14',
  );
  expectForeign(CELLS, '+LCELL: "servingcell","LTE",460,00', '+LCELL: ', '+CELL: 1');
});

describe('+CCLK', () => {
  const noon = { year: 26, month: 11, day: 20, hour: 19, minute: 5, second: 9 };

  pinRequest(CLOCK, null, 'AT+CCLK?');
  pinResponse(CLOCK, { ...noon, zone: 32 }, '+CCLK: "26/11/20,19:05:09+32"');
  pinResponse(CLOCK, { ...noon, zone: -14 }, '+CCLK: "26/11/20,19:05:09-14"');
  pinResponse(CLOCK, { ...noon, zone: 0 }, '+CCLK: "26/11/20,19:05:09+00"');
  pinResponse(CLOCK, noon, '+CCLK: "26/11/20,19:05:09"');
  expectReading(CLOCK, { ...noon, zone: 4 }, '+CCLK:"26/11/20,19:05:09+4"');
  expectForeign(
    CLOCK,
    '+CCLK: 26/11/20,19:05:09+32',
    '+CCLK: "2026/11/20,19:05:09+32"',
    '+CCLK: "26/11/20"',
    '+CCLK: ""',
  );
});
