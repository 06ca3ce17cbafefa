import { COLUMN_NAMES, fieldOfColumn, shownColumn, type TripleField } from './columns.js';
import type { CsvRecord } from './csv-records.js';
import type { FileProblem } from './file-refused.js';

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
