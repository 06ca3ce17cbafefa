import type { TripleRecord } from '../../ledger/ledger-types.js';
import { csvTable } from '../csv.js';

/** What is printed for a module; no secret in it. */
export interface Label {
  readonly imei: string;
  readonly deviceName: string;
}

/** The labels of those records that are bound to a module. */
export function labelsOf(records: readonly TripleRecord[]): Label[] {
  return records.flatMap(({ imei, deviceName }) => (imei === undefined ? [] : [{ imei, deviceName }]));
}

/** What the QR code says: `IMEI:861326070275653;DN:meter-7`. Neither part can hold a `;` (aliyun.md 3). */
export function qrContent({ imei, deviceName }: Label): string {
  return `IMEI:${imei};DN:${deviceName}`;
}

/** For a label printer with a program of its own. */
export function labelsCsv(labels: readonly Label[]): string {
  const rows = labels.map((label) => [label.deviceName, label.imei, qrContent(label)]);
  return csvTable(['DeviceName', 'IMEI', 'QR'], rows);
}
