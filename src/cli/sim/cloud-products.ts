import { checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import type { CloudProduct } from '../../simulator/aliyun/device-registry.js';

/**
 * The products of a simulated cloud: those of the triples, and those given as `ProductKey:ProductSecret`, whose devices
 * may register. Throws an `ArgumentError` that does not show the secret.
 */
export function cloudProducts(triples: readonly DeviceTriple[], specs: readonly string[]): CloudProduct[] {
  const secrets = new Map(specs.map(splitProduct));
  const devices = new Map<string, DeviceTriple[]>([...secrets.keys()].map((productKey) => [productKey, []]));
  for (const triple of triples) {
    const known = devices.get(triple.productKey);
    if (known === undefined) devices.set(triple.productKey, [triple]);
    else known.push(triple);
  }
  return [...devices].map(([productKey, listed]) => {
    const productSecret = secrets.get(productKey);
    return { productKey, devices: listed, ...(productSecret === undefined ? {} : { productSecret }) };
  });
}

function splitProduct(spec: string): [productKey: string, productSecret: string] {
  const colon = spec.indexOf(':');
  if (colon < 0) throw new ArgumentError('--cloud-product', '***', 'ProductKey:ProductSecret');
  const productKey = checkProductKey(spec.slice(0, colon));
  return [productKey, checkSecret('productSecret', spec.slice(colon + 1))];
}
