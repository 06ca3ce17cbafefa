import { readFile } from 'node:fs/promises';
import { ArgumentError } from '../../errors/kinds.js';
import { readTriples } from '../../provisioning/triples/read-triples.js';
import { type AliyunCloud, startAliyunCloud } from '../../simulator/aliyun/aliyun-cloud.js';
import { cloudProducts } from './cloud-products.js';
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
    throw new ArgumentError('--cloud-cert', 'one of the two', 'given together with --cloud-key');
  }
  return { cert: await pem('--cloud-cert', cloudCert), key: await pem('--cloud-key', cloudKey) };
}

async function pem(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as Error).message;
    throw new ArgumentError(option, JSON.stringify(path), `a file that can be read (${reason})`);
  }
}
