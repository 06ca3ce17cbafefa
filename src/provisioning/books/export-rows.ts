import type { TripleRecord } from '../ledger/ledger-types.js';
import { type CsvValue, csvTable } from './csv.js';

/** A verified module as the books hand it on; no secret in it. */
interface ExportRow {
  readonly deviceName: string;
  readonly productKey: string;
  readonly imei: string | undefined;
  readonly iccid: string | undefined;
  readonly firmware: string | undefined;
  /** ISO 8601 in UTC. */
  readonly verifiedAt: string | undefined;
  readonly station: string | undefined;
  readonly operator: string | undefined;
}

/** Header of the CSV file, in the order of its columns. */
const COLUMNS: readonly (readonly [header: string, key: keyof ExportRow])[] = [
  ['DeviceName', 'deviceName'],
  ['ProductKey', 'productKey'],
  ['IMEI', 'imei'],
  ['ICCID', 'iccid'],
  ['Firmware', 'firmware'],
  ['VerifiedAt', 'verifiedAt'],
  ['Station', 'station'],
  ['Operator', 'operator'],
];

function exportRow(record: TripleRecord): ExportRow {
  const { deviceName, productKey, imei, iccid, firmware, verifiedAt, station, operator } = record;
  return {
    ...{ deviceName, productKey, imei, iccid, firmware },
    verifiedAt: verifiedAt === undefined ? undefined : new Date(verifiedAt).toISOString(),
    ...{ station, operator },
  };
}

/**
 * The content of an export file, by the number of the triple, so the same text for the same records: CSV with a header
 * line, or a JSON array with an object a line, where what is not known is null.
 */
export function exportText(records: readonly TripleRecord[], format: 'csv' | 'json'): string {
  const rows = [...records].sort((a, b) => a.id - b.id).map(exportRow);
  if (format === 'csv') return exportCsv(rows);
  return `[\n${rows.map((row) => JSON.stringify(row, nullForUndefined)).join(',\n')}\n]\n`;
}

function exportCsv(rows: readonly ExportRow[]): string {
  const header = COLUMNS.map(([name]) => name);
  return csvTable(
    header,
    rows.map((row) => COLUMNS.map(([, key]): CsvValue => row[key])),
  );
}

function nullForUndefined(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
