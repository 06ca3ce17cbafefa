import { checkProductKey, checkSecret } from '../../../cloud/aliyun/triple.js';
import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { Product } from '../../../provisioning/ledger/ledger-types.js';
import { checkNameTemplate } from '../../../provisioning/ledger/product.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { operatorName, withLedger } from '../open-ledger.js';
import { readSecretFile } from '../passphrase.js';
import type { ProductCommandOptions, ProductOptions } from './command.js';

export async function run(options: ProductCommandOptions, invocation: Invocation): Promise<ExitCode> {
  await setUpProduct(options, invocation);
  return EXIT.DONE;
}

/** Writes the product into the ledger, which is made if there is none, and prints what stands there now. */
export async function setUpProduct(
  options: ProductCommandOptions,
  { output }: Pick<Invocation, 'output'>,
): Promise<void> {
  const { json = false, replace = false } = options;
  const product = productOf(options);
  const operator = operatorName(options);
  const changed = await withLedger(options, (ledger) => setProduct(ledger, product, operator, replace), {
    create: true,
  });
  const { productKey, nameTemplate } = product;
  if (json) {
    await output.json({ productKey, nameTemplate, changed });
  } else {
    const state = changed ? 'is set up' : 'was set up already';
    await output.line(`product ${productKey} ${state}: devices are named ${nameTemplate}`);
  }
}

/** Whether the ledger had another one, or none. Throws `INVALID_ARGUMENT` unless that one may be replaced. */
function setProduct(ledger: Ledger, product: Product, operator: string, replace: boolean): boolean {
  const earlier = ledger.product();
  if (earlier !== undefined && isSame(earlier, product)) return false;
  if (earlier !== undefined && !replace) {
    const { productKey, nameTemplate } = earlier;
    throw new ModemError(
      'INVALID_ARGUMENT',
      `the ledger has product ${productKey} already, named ${nameTemplate}, with ` +
        `${earlier.productSecret === product.productSecret ? 'this' : 'another'} secret: give --replace to change that`,
    );
  }
  ledger.setProduct(product, { operator });
  return true;
}

function isSame(a: Product, b: Product): boolean {
  return (
    a.productKey === b.productKey && a.productSecret === b.productSecret && a.nameTemplate === b.nameTemplate
  );
}

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

/** A device is named after its module. */
const DEFAULT_TEMPLATE = '{imei}';

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
