import { checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import { insertBatch } from './import-triples.js';
import type { LedgerFile } from './ledger-file.js';
import type { Product } from './ledger-types.js';
import { checkNameTemplate } from './name-template.js';
import { NEWEST_PRODUCT, type ProductRow } from './named-triple.js';

const placeOf = (productKey: string) => ({ table: 'product', productKey, deviceName: '' }) as const;

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
