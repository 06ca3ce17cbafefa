import { describe, expect, it } from 'vitest';
import { exportText } from '../../../src/provisioning/books/export-rows.js';
import { record } from './records.js';

describe('an export', () => {
  it('in CSV has a header and a line for each module', () => {
    expect(exportText([record()], 'csv')).toBe(
      'DeviceName,ProductKey,IMEI,ICCID,Firmware,VerifiedAt,Station,Operator\r\n' +
        'meter-1,a1X2bEnP82z,861326070275653,89860012345678901234,NT26-1.0,2026-06-10T10:00:00.000Z,line-1,ann\r\n',
    );
  });

  it('in CSV gives a spreadsheet no formula to run', () => {
    const text = exportText(
      [record({ deviceName: '@SUM(A1)', firmware: '=1+1', station: '-1', operator: '+49 "x", y' })],
      'csv',
    );
    expect(text).toContain("'@SUM(A1),");
    expect(text).toContain(",'=1+1,");
    expect(text).toContain(`,'-1,"'+49 ""x"", y"\r\n`);
  });

  it('in JSON keeps names as they are, and null for what is not known', () => {
    const text = exportText([record({ deviceName: '@dev', iccid: undefined }), record()], 'json');
    const rows = JSON.parse(text);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      ...{ deviceName: '@dev', productKey: 'a1X2bEnP82z', imei: '861326070275653', iccid: null },
      ...{ firmware: 'NT26-1.0', verifiedAt: '2026-06-10T10:00:00.000Z', station: 'line-1', operator: 'ann' },
    });
  });
});
