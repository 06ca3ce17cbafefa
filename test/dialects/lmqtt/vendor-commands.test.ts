import { describe, expect, it } from 'vitest';
import {
  CELLS,
  FIRMWARE,
  ICCID,
  POWER_OFF,
  SELECT_SIM_SLOT,
  SIM_SLOT,
} from '../../../src/dialects/lmqtt/vendor-commands.js';
import {
  expectForeign,
  expectReading,
  pinBareCommand,
  pinRequest,
  pinResponse,
} from '../../at/commands/both-directions.js';

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

describe('+MPOF', () => pinBareCommand(POWER_OFF, 'AT+MPOF=1'));

describe('+LUIMSLOT', () => {
  pinRequest(SIM_SLOT, null, 'AT+LUIMSLOT?');
  pinRequest(SELECT_SIM_SLOT, { slot: 1 }, 'AT+LUIMSLOT=1');
  pinRequest(SELECT_SIM_SLOT, { slot: 2 }, 'AT+LUIMSLOT=2');
  pinResponse(SIM_SLOT, { slot: 2 }, '+LUIMSLOT: 2');
  expectForeign(SIM_SLOT, '+LUIMSLOT: 0', '+LUIMSLOT: 3', '+LUIMSLOT: 1,2');
});

describe('+LCCID', () => {
  pinRequest(ICCID, null, 'AT+LCCID');
  pinResponse(ICCID, '89860425102170123456', '+LCCID: 89860425102170123456');
  pinResponse(ICCID, '8986042510217012345', '+LCCID: 8986042510217012345');
  expectReading(ICCID, '89860425102170123456', '+LCCID:"89860425102170123456"');
  // What fills the field does not belong to the number; letters do, from any place on.
  expectReading(ICCID, '8986042510217012345', '+LCCID: 8986042510217012345F');
  expectReading(ICCID, '898600B5012345678901', '+LCCID: 898600b5012345678901');
  expectReading(ICCID, '898600123456789012', '+LCCID: 898600123456789012');
  expectForeign(ICCID, '+LCCID: FFFFFFFFFFFFFFFFFFFF', '+LCCID: 00000000000000000000');
  expectForeign(ICCID, '+LCCID: 123', '89860425102170123456', '+LCCID: 89860425102170123456,1');
});

describe('+LGMR', () => {
  pinRequest(FIRMWARE, null, 'AT+LGMR');
  pinResponse(FIRMWARE, 'NT26KCNA00NNA-L01', 'NT26KCNA00NNA-L01');
  expectReading(FIRMWARE, 'NT26KCNA00NNA-L01', '+LGMR:NT26KCNA00NNA-L01');
});

it('refuses a slot that the wire cannot carry, with its name', () => {
  const format = () => SELECT_SIM_SLOT.request.format({ slot: 0 as 1 });
  expect(format).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'slot' }));
});
