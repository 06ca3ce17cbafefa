import { checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import { DEVICE_NAME } from '../../cloud/aliyun/wire/names.js';
import { ArgumentError } from '../../errors/kinds.js';
import { insertBatch } from './import-triples.js';
import type { LedgerFile } from './ledger-file.js';
import type { Product } from './ledger-types.js';
import type { Statements } from './statements.js';

/** The newest product: a setting, of which the ledger keeps all that it had. */
const NEWEST_PRODUCT = `SELECT batch_id, product_key, secret, name_template FROM product
ORDER BY id DESC LIMIT 1`;

/** A row of `NEWEST_PRODUCT`. */
interface ProductRow {
  readonly batch_id: number;
  readonly product_key: string;
  readonly secret: string;
  readonly name_template: string;
}

/** Throws an `ArgumentError`. */
export function storeProduct(file: LedgerFile, product: Product, operator: string): void {
  const productKey = checkProductKey(product.productKey);
  const secret = file.seal(checkSecret('productSecret', product.productSecret), placeOf(productKey));
  const template = checkNameTemplate(product.nameTemplate);
  file.write((sql) => {
    const batchId = insertBatch(sql, `registration with ${productKey}`, operator);
    sql.run(
      'INSERT INTO product (batch_id, product_key, secret, name_template) VALUES (?, ?, ?, ?)',
      ...[batchId, productKey, secret, template],
    );
  });
}

export function readProduct(file: LedgerFile): Product | undefined {
  const row = file.read((sql) => sql.get<ProductRow>(NEWEST_PRODUCT));
  if (row === undefined) return undefined;
  const { product_key: productKey, name_template: nameTemplate } = row;
  return { productKey, productSecret: file.open(row.secret, placeOf(productKey)), nameTemplate };
}

const placeOf = (productKey: string) => ({ table: 'product', productKey, deviceName: '' }) as const;

/**
 * The triple that is named after the IMEI, without a secret when it is new; undefined without a product. Throws an
 * `ArgumentError` when another module, or a file, has the name.
 */
export function nameTriple(sql: Statements, imei: string): number | undefined {
  const product = sql.get<ProductRow>(NEWEST_PRODUCT);
  if (product === undefined) return undefined;
  const { batch_id: batchId, product_key: productKey, name_template: template } = product;
  const name = nameFor(template, imei);
  const known = sql.get<{ id: number; named_for: string | null; imei: string | null }>(
    'SELECT id, named_for, imei FROM triple WHERE product_key = ? AND device_name = ?',
    ...[productKey, name],
  );
  if (known === undefined) return insert(sql, batchId, productKey, name, imei);
  // It was released: only this module may have it.
  if (known.named_for === imei && known.imei === null) return known.id;
  throw new ArgumentError('deviceName', JSON.stringify(name), 'a name that no triple from a file has');
}

function insert(sql: Statements, batchId: number, productKey: string, name: string, imei: string): number {
  const now = Date.now();
  const { id } = sql.run(
    `INSERT INTO triple (batch_id, product_key, device_name, origin, named_for, state, imported_at, changed_at)
     VALUES (?, ?, ?, 'registration', ?, 'new', ?, ?)`,
    ...[batchId, productKey, name, imei, now, now],
  );
  return id;
}

const PLACEHOLDER = '{imei}';

/** As long as any IMEI. */
const SAMPLE = '0'.repeat(15);

/** Throws an `ArgumentError` for a template that makes no DeviceName, or the same for all modules. */
export function checkNameTemplate(template: string): string {
  if (template.includes(PLACEHOLDER) && DEVICE_NAME.test(nameFor(template, SAMPLE))) return template;
  const limit = `a text with ${PLACEHOLDER} that becomes a DeviceName: at most 32 of A–Z a–z 0–9 - _ @ . :`;
  throw new ArgumentError('nameTemplate', JSON.stringify(template), limit);
}

/** The name of the device in the module of this IMEI. */
function nameFor(template: string, imei: string): string {
  return template.replaceAll(PLACEHOLDER, imei);
}
