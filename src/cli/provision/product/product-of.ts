import { checkDeviceName, checkProductKey, checkSecret } from '../../../cloud/aliyun/triple.js';
import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import type { Product } from '../../../provisioning/ledger/ledger-types.js';
import { readSecretFile } from '../secret-file.js';
import type { ProductOptions } from './options.js';

const IMEI = '{imei}';

/** Any IMEI: TS 23.003 section 6.2.1, 15 digits. */
const SAMPLE = '0'.repeat(15);

/** The product that the options describe. Throws an `ArgumentError`, or `INVALID_ARGUMENT` for what is missing. */
export function productOf(
  options: ProductOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Product {
  const { productKey, nameTemplate = IMEI } = options;
  if (productKey === undefined) throw new ModemError('INVALID_ARGUMENT', 'no product: give --product-key');
  checkProductKey(productKey);
  const productSecret = checkSecret('product-secret', secretOf(options, environment));
  return { productKey, productSecret, nameTemplate: checkTemplate(nameTemplate) };
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

/** Without the IMEI all modules would be one device. */
function checkTemplate(template: string): string {
  if (template.includes(IMEI) && isDeviceName(template.replaceAll(IMEI, SAMPLE))) return template;
  const limit = `a text with ${IMEI} that becomes a DeviceName: at most 32 of A–Z a–z 0–9 - _ @ . :`;
  throw new ArgumentError('name-template', JSON.stringify(template), limit);
}

function isDeviceName(name: string): boolean {
  try {
    checkDeviceName(name);
    return true;
  } catch {
    return false;
  }
}
