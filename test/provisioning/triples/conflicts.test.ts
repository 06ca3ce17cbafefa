import { describe, expect, it } from 'vitest';
import type { TripleRecord } from '../../../src/provisioning/ledger/ledger-types.js';
import { refuseConflicts } from '../../../src/provisioning/triples/conflicts.js';
import { triples } from './triple-file.js';

const rows = triples(4).map((triple, index) => ({ line: index + 2, triple }));

function record(productKey: string, deviceName: string): TripleRecord {
  return {
    ...{ id: 1, productKey, deviceName, state: 'verified', origin: 'file', imei: '861326070275653' },
    ...{ iccid: undefined, firmware: undefined, reason: undefined, batch: 'batch-1.csv' },
    ...{ importedAt: 1, changedAt: 1, verifiedAt: 1, station: 's', operator: 'o', exportId: undefined },
  };
}

/** Words of the refusal. */
function conflicts(records: readonly TripleRecord[]): string {
  try {
    refuseConflicts('triples.csv', rows, records);
    return 'none';
  } catch (error) {
    expect(error).toMatchObject({ code: 'FILE_REFUSED' });
    return (error as Error).message.replace('triples.csv is refused as a whole: ', '');
  }
}

describe('devices that the ledger has already', () => {
  it('are named by their lines', () => {
    expect(conflicts([record('a1X2bEnP82z', 'meter-4'), record('a1X2bEnP82z', 'meter-2')])).toBe(
      'line 3, DeviceName: the ledger has this device already, from batch-1.csv; ' +
        'line 5, DeviceName: the ledger has this device already, from batch-1.csv',
    );
  });

  it('are told in one sentence when it has all', () => {
    const records = triples(9).map(({ productKey, deviceName }) => record(productKey, deviceName));
    expect(conflicts(records)).toBe('the ledger has all of its devices already (4)');
  });

  it('are others if their product is another', () => {
    expect(conflicts([record('a1', 'meter-1'), record('a1X2bEnP82z', 'meter-10')])).toBe('none');
  });
});
