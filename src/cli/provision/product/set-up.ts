import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { Product } from '../../../provisioning/ledger/ledger-types.js';
import type { Invocation } from '../../invocation.js';
import { withLedger } from '../open-ledger.js';
import { operatorName } from '../operator.js';
import type { ProductCommandOptions } from './options.js';
import { productOf } from './product-of.js';

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
