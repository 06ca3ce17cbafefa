import { checkProductKey, checkSecret } from '../../../cloud/aliyun/triple.js';
import { ModemError } from '../../../errors/modem-error.js';
import type { Product } from '../../../provisioning/ledger/ledger-types.js';
import { checkNameTemplate } from '../../../provisioning/ledger/product.js';
import { readSecretFile } from '../secret-file.js';
import type { ProductOptions } from './options.js';

/** A device is named after its module. */
const DEFAULT_TEMPLATE = '{imei}';

/** The product that the options describe. Throws an `ArgumentError`, or `INVALID_ARGUMENT` for what is missing. */
export function productOf(
  options: ProductOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Product {
  const { productKey, nameTemplate = DEFAULT_TEMPLATE } = options;
  if (productKey === undefined) throw new ModemError('INVALID_ARGUMENT', 'no product: give --product-key');
  checkProductKey(productKey);
  const productSecret = checkSecret('product-secret', secretOf(options, environment));
  return { productKey, productSecret, nameTemplate: checkNameTemplate(nameTemplate) };
}

function secretOf(
  { productSecret, productSecretFile }: ProductOptions,
  { ATMQTT_PRODUCT_SECRET: fromEnvironment = '' }: Readonly<Record<string, string | undefined>>,
): string {
  if (productSecret !== undefined && productSecretFile !== undefined) {
    throw new ModemError('INVALID_ARGUMENT', 'two secrets: give --product-secret-file or --product-secret');
  }
  if (productSecretFile !== undefined) return readSecretFile('product-secret-file', productSecretFile);
  if (productSecret !== undefined) return productSecret;
  if (fromEnvironment !== '') return fromEnvironment;
  throw new ModemError(
    'INVALID_ARGUMENT',
    'no ProductSecret: give --product-secret-file <file> or set ATMQTT_PRODUCT_SECRET',
  );
}
