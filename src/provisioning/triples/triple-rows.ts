import { checkDeviceName, checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { COLUMN_NAMES, fieldOfColumn, shownColumn, type TripleField } from './columns.js';
import type { CsvRecord } from './csv-records.js';
import type { FileProblem, ProblemList } from './file-refused.js';
import { type Field, judge, SHORTEST_SECRET } from './value-faults.js';

/** Which column holds what. */
export interface Header {
  /** Index of the column; a missing ProductKey can be given beside the file. */
  readonly columns: Readonly<Record<Exclude<TripleField, 'productKey'>, number>> & {
    readonly productKey: number | undefined;
  };
  /** Names of the columns that are not read. */
  readonly ignored: readonly string[];
  /** How many columns there are, nameless ones at the end left out. */
  readonly width: number;
}

/** The header, or what is wrong with it. `productKey`: whether it must have a column. */
export function readHeader(
  record: CsvRecord,
  needed: { readonly productKey: boolean },
): Header | FileProblem {
  const { line, cells } = record;
  const fields = cells.map(fieldOfColumn);
  const twice = fields.find((field, index) => field !== undefined && fields.indexOf(field) !== index);
  if (twice !== undefined) {
    const names = cells.filter((_cell, index) => fields[index] === twice).map(shownColumn);
    return { line, column: COLUMN_NAMES[twice], text: `several columns hold it: ${names.join(', ')}` };
  }
  const at = (field: TripleField) => (fields.includes(field) ? fields.indexOf(field) : undefined);
  const [productKey, deviceName, deviceSecret] = [at('productKey'), at('deviceName'), at('deviceSecret')];
  if (
    deviceName === undefined ||
    deviceSecret === undefined ||
    (needed.productKey && productKey === undefined)
  ) {
    return { line, text: missingText(cells, fields, needed.productKey) };
  }
  return {
    columns: { productKey, deviceName, deviceSecret },
    ignored: cells.filter((cell, index) => cell !== '' && fields[index] === undefined).map(shownColumn),
    width: cells.findLastIndex((cell) => cell !== '') + 1,
  };
}

function missingText(
  cells: readonly string[],
  fields: readonly (TripleField | undefined)[],
  productKey: boolean,
): string {
  const wanted: readonly TripleField[] = [
    'deviceName',
    'deviceSecret',
    ...(productKey ? ['productKey' as const] : []),
  ];
  const names = (list: readonly TripleField[]) => list.map((field) => COLUMN_NAMES[field]).join(', ');
  // A file without a header begins with a device, and its secret.
  if (fields.every((field) => field === undefined)) {
    return `the first line must be a header that names the columns ${names(wanted)}`;
  }
  const missing = wanted.filter((field) => !fields.includes(field));
  const found = cells.filter((cell) => cell !== '').map(shownColumn);
  const hint = missing.includes('productKey') ? ' (the ProductKey can be given beside the file)' : '';
  return `no column ${names(missing)}${hint}; found: ${found.join(', ')}`;
}

/** A triple, and the line of the file in which it stands, from 1. */
export interface TripleRow {
  readonly line: number;
  readonly triple: DeviceTriple;
}

/** Where what is found goes. */
export interface Findings {
  /** What refuses the file. */
  readonly problems: ProblemList;
  /** What only looks odd. */
  readonly warnings: ProblemList;
}

const FIELDS: readonly Field[] = [
  { field: 'deviceName', place: 'name', check: checkDeviceName },
  { field: 'deviceSecret', place: 'secret', check: (value) => checkSecret('deviceSecret', value) },
  { field: 'productKey', place: 'name', check: checkProductKey },
];

/** `productKey` is that of all rows: of those that have none, and those that have one must agree. */
export function readRows(
  records: readonly CsvRecord[],
  header: Header,
  productKey: string | undefined,
  findings: Findings,
): TripleRow[] {
  const { problems } = findings;
  const rows: TripleRow[] = [];
  const devices = new Map<string, number>();
  const secrets = new Map<string, number>();
  for (const record of records) {
    const triple = readTriple(record, header, productKey, findings);
    if (triple === undefined) continue;
    const { line } = record;
    const device = firstLine(devices, `${triple.productKey}/${triple.deviceName}`, line);
    const secret = firstLine(secrets, triple.deviceSecret, line);
    if (device !== undefined) {
      problems.add({ line, column: 'DeviceName', text: `the same device as in line ${device}` });
    } else if (secret !== undefined) {
      const text = `the same secret as in line ${secret}: each device has its own; export the file again`;
      problems.add({ line, column: 'DeviceSecret', text });
    }
    rows.push({ line, triple });
  }
  return rows;
}

/** Where the value was met first; undefined if it is here. */
function firstLine(lines: Map<string, number>, value: string, line: number): number | undefined {
  const first = lines.get(value);
  if (first === undefined) lines.set(value, line);
  return first;
}

function readTriple(
  { line, cells }: CsvRecord,
  { columns, width }: Header,
  given: string | undefined,
  { problems, warnings }: Findings,
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
  const whole = faultOfRow(triple);
  const found: FileProblem[] = whole === undefined ? [] : [{ line, ...whole }];
  for (const field of whole === undefined ? FIELDS : []) {
    const { fault, oddity } = judge(triple[field.field], field);
    const column = COLUMN_NAMES[field.field];
    if (fault !== undefined) found.push({ line, column, text: fault });
    if (oddity !== undefined) warnings.add({ line, column, text: oddity });
  }
  if (given !== undefined && found.length === 0 && triple.productKey !== given) {
    found.push({ line, column: COLUMN_NAMES.productKey, text: 'not the ProductKey that was given' });
  }
  for (const problem of found) problems.add(problem);
  return found.length === 0 ? triple : undefined;
}

/** What is wrong with a row though each of its values could be right. */
function faultOfRow({ deviceName, deviceSecret }: DeviceTriple): Omit<FileProblem, 'line'> | undefined {
  if (fieldOfColumn(deviceName) === 'deviceName' && fieldOfColumn(deviceSecret) === 'deviceSecret') {
    return { text: 'the header comes again: several files in one; import each by itself' };
  }
  if (deviceName !== '' && deviceName === deviceSecret) {
    const text = 'it is the device name once more: export the file again';
    return { column: COLUMN_NAMES.deviceSecret, text };
  }
  if (looksLikeSecret(deviceName) && !looksLikeSecret(deviceSecret) && looksLikeName(deviceSecret)) {
    const text = 'the name looks like a secret, the secret like a name: put each under its own header';
    return { text };
  }
  return undefined;
}

/** 32 letters and digits, or 16: aliyun.md 1 and 2. A name may have 32 characters too. */
function looksLikeSecret(value: string): boolean {
  return /^(?:[A-Za-z0-9]{32}|[A-Za-z0-9]{16})$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Shorter than secrets are, or with a sign between words. */
function looksLikeName(value: string): boolean {
  return value.length < SHORTEST_SECRET || /[-_@.:]/.test(value);
}
