import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import {
  type AliyunCloud,
  type AliyunCloudOptions,
  startAliyunCloud,
} from '../../../src/simulator/aliyun/aliyun-cloud.js';
import { aModule } from '../../examples/far-side.js';
import {
  imeiOf,
  newPath,
  openLedger,
  provision,
  rowsOf,
  tripleOf,
} from '../../provisioning/ledger/ledger-fixture.js';
import type { Harness } from './harness.js';

const PRODUCT_KEY = 'a1X2bEnP82z';
const DEVICE_SECRET = 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe';
const PRODUCT_SECRET = '7jluWm1zql7bt8qK';
const SERIAL = "'/dev/ttyUSB0'";

async function aCloud(options: AliyunCloudOptions): Promise<AliyunCloud> {
  const cloud = await startAliyunCloud(options);
  onTestFinished(() => cloud.close());
  return cloud;
}

/** Path of a ledger in which module 1 is verified. */
async function verifiedLedger(): Promise<string> {
  const path = newPath();
  const ledger = await openLedger(path, { create: true });
  ledger.importTriples({ source: 'triples.csv', operator: 'ida' }, rowsOf(1, 1));
  await provision(ledger, imeiOf(1));
  return path;
}

function pem(name: string): Buffer {
  return readFileSync(new URL(`../../simulator/tls/${name}.pem`, import.meta.url));
}

/** Blocks of devices at Alibaba Cloud. */
export const ALIYUN_HARNESSES: readonly Harness[] = [
  {
    holds: "aliyun: { ledger: '/srv/factory/line.db', region: 'cn-shanghai' }",
    after: 'await client.end();\nawait gateway.end();\n',
    async run(run) {
      const devices = [{ deviceName: 'example1', deviceSecret: DEVICE_SECRET }, tripleOf(1)];
      const cloud = await aCloud({ products: [{ productKey: PRODUCT_KEY, devices }] });
      const seen: string[] = [];
      cloud.events.on('login', ({ deviceName }) => seen.push(`login ${deviceName}`));
      cloud.events.on('published', ({ topic, payload }) => seen.push(`${topic} ${payload}`));
      const device = await aModule(cloud.url);
      const gateway = await aModule(cloud.url, { identity: { imei: imeiOf(1) } });
      await run({
        environment: { DEVICE_SECRET },
        replace: [
          [SERIAL, JSON.stringify(device.url)],
          [SERIAL, JSON.stringify(gateway.url)],
          ['/srv/factory/line.db', await verifiedLedger()],
        ],
      });
      expect(seen).toEqual([
        'login example1',
        '/a1X2bEnP82z/example1/user/update {"t":21.5}',
        'login meter-0001',
      ]);
    },
  },
  {
    holds: 'const target = { productKey:',
    before: "const store = ({ deviceName }: { deviceName: string }) => console.log('stored', deviceName);\n",
    after: 'await modem.close();\n',
    async run(run) {
      const products = [{ productKey: PRODUCT_KEY, productSecret: PRODUCT_SECRET }];
      const cloud = await aCloud({ products, tls: { key: pem('key'), cert: pem('cert') } });
      const { url } = await aModule(cloud.url);
      const ways: string[] = [];
      cloud.registration.events.on('request', ({ way, result }) => ways.push(`${way} ${result}`));
      const output = await run({
        environment: { PRODUCT_SECRET },
        replace: [
          ['https://iot-auth.cn-shanghai.aliyuncs.com', cloud.registration.url],
          [SERIAL, JSON.stringify(url)],
        ],
      });
      expect(output).toBe('stored 861326070275653\n'.repeat(2));
      expect(ways).toEqual(['http registered', 'mqtt registered']);
    },
  },
];
