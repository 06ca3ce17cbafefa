import { checkDeviceName, checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { COLUMN_NAMES, type TripleField } from './columns.js';
import type { CsvRecord } from './csv-records.js';
import type { ProblemList } from './file-refused.js';
import type { Header } from './header.js';

/** A triple, and the line of the file in which it stands, from 1. */
export interface TripleRow {
  readonly line: number;
  readonly triple: DeviceTriple;
}

const CHECKS: readonly (readonly [field: TripleField, check: (value: string) => unknown])[] = [
  ['deviceName', checkDeviceName],
  ['deviceSecret', (value) => checkSecret('deviceSecret', value)],
  ['productKey', checkProductKey],
];

/** `productKey` is that of all rows: of those that have none, and those that have one must agree. */
export function readRows(
  records: readonly CsvRecord[],
  header: Header,
  productKey: string | undefined,
  problems: ProblemList,
): TripleRow[] {
  const rows: TripleRow[] = [];
  const lines = new Map<string, number>();
  for (const record of records) {
    const triple = readTriple(record, header, productKey, problems);
    if (triple === undefined) continue;
    const { line } = record;
    const device = `${triple.productKey}/${triple.deviceName}`;
    const earlier = lines.get(device);
    if (earlier === undefined) lines.set(device, line);
    else problems.add({ line, column: 'DeviceName', text: `the same device as in line ${earlier}` });
    rows.push({ line, triple });
  }
  return rows;
}

function readTriple(
  { line, cells }: CsvRecord,
  { columns, width }: Header,
  given: string | undefined,
  problems: ProblemList,
): DeviceTriple | undefined {
  const filled = cells.findLastIndex((cell) => cell !== '') + 1;
  if (cells.length < width || filled > width) {
    const count = Math.max(cells.length < width ? cells.length : 0, filled);
    problems.add({ line, text: `${count} fields, the header has ${width}` });
    return undefined;
  }
  const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
  const triple = {
    productKey: cell(columns.productKey) || (given ?? ''),
    deviceName: cell(columns.deviceName),
    deviceSecret: cell(columns.deviceSecret),
  };
  const found = CHECKS.flatMap(([field, check]) => {
    const text = faultOf(triple[field], check);
    return text === undefined ? [] : [{ line, column: COLUMN_NAMES[field], text }];
  });
  if (given !== undefined && found.length === 0 && triple.productKey !== given) {
    found.push({ line, column: COLUMN_NAMES.productKey, text: 'not the ProductKey that was given' });
  }
  for (const problem of found) problems.add(problem);
  return found.length === 0 ? triple : undefined;
}

/** What is wrong with a value, in words that do not show it: in a file with shifted columns it may be a secret. */
function faultOf(value: string, check: (value: string) => unknown): string | undefined {
  if (value === '') return 'it is empty';
  // What Excel makes of 861326070275653, and of some secrets.
  if (/^\d([.,]\d+)?E\+\d+$/i.test(value)) {
    return 'a spreadsheet has turned it into a number: make the file again with all columns as text';
  }
  if (value.includes('***')) return 'it is masked: the file must have it in full';
  try {
    check(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return `it must be ${error.limit}, it has ${charactersText(value.length)}`;
  }
}

function charactersText(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}
