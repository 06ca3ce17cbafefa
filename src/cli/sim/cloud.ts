import { readFile } from 'node:fs/promises';
import { checkProductKey, checkSecret } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError, fileError } from '../../errors/kinds.js';
import { readTriples } from '../../provisioning/triples/read-triples.js';
import { type AliyunCloud, startAliyunCloud } from '../../simulator/aliyun/aliyun-cloud.js';
import type { CloudProduct } from '../../simulator/aliyun/device-registry.js';
import { harmless } from '../terminal.js';
import type { CloudOptions } from './command.js';

/** Starts the cloud that the options describe. Rejects with `FILE_REFUSED`, `INVALID_ARGUMENT` or `PORT_FAILED`. */
export async function startCloud(options: CloudOptions, seed: number | undefined): Promise<AliyunCloud> {
  const { cloud = [], cloudProduct = [], cloudFault = [], cloudPort, registrationPort } = options;
  const files = await Promise.all(cloud.map((path) => readTriples(path)));
  const triples = files.flatMap(({ rows }) => rows.map(({ triple }) => triple));
  const tls = await tlsOf(options);
  return startAliyunCloud({
    products: cloudProducts(triples, cloudProduct),
    faults: cloudFault,
    ...(cloudPort === undefined ? {} : { port: cloudPort }),
    ...(registrationPort === undefined ? {} : { registrationPort }),
    ...(seed === undefined ? {} : { seed }),
    ...(tls === undefined ? {} : { tls }),
  });
}

async function tlsOf({
  cloudCert,
  cloudKey,
}: CloudOptions): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (cloudCert === undefined && cloudKey === undefined) return undefined;
  if (cloudCert === undefined || cloudKey === undefined) {
    throw new ArgumentError(
      '--cloud-cert',
      'one',
      'given with a key',
      'give --cloud-cert and --cloud-key together',
    );
  }
  return { cert: await pem('--cloud-cert', cloudCert), key: await pem('--cloud-key', cloudKey) };
}

async function pem(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileError(option, 'read', path, error);
  }
}

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

/** Tells what happens at a simulated cloud, one line each, without secrets. */
export function followCloud({ events, registration }: AliyunCloud, tell: (line: string) => void): void {
  const say = (...words: readonly (string | undefined)[]): void => {
    const line = ['cloud', ...words].filter((word) => word !== undefined).join(' ');
    tell(harmless(line));
  };
  events.on('login', ({ deviceName, cid }) => say('login', deviceName, `as ${cid}`));
  events.on('refused', ({ deviceName, returnCode, reason }) =>
    say('refused', deviceName, `with ${returnCode}: ${reason}`),
  );
  events.on('offline', ({ deviceName, reason }) => say('offline', deviceName, `(${reason})`));
  events.on('published', ({ deviceName, topic, payload }) =>
    say('published', deviceName, topic, `${payload.length} bytes`),
  );
  events.on('dropped', ({ deviceName, topic }) => say('dropped', deviceName, `${topic}: not its own topic`));
  registration.events.on('request', ({ way, deviceName, result, answered }) =>
    say('registration', deviceName, `over ${way}: ${result}`, answered ? undefined : 'and not answered'),
  );
}
