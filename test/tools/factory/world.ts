import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imeiAt } from '../../../src/cli/sim/modules.js';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { type AliyunCloud, startAliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { Latency } from '../../../src/simulator/options.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { seededRandom } from '../../../src/util/random.js';
import { temporaryFolder } from '../../helpers/processes.js';
import { inProject } from '../shared/project.js';
import { Relay } from './relay.js';
import { Witness } from './witness.js';

export const PRODUCT_KEY = 'a1X2bEnP82z';
const PRODUCT_SECRET = '7jluWm1zql7bt8qK';
const OPERATOR = 'factory';

/** How the units of a case get their secrets. */
export type Way = 'file' | 'http' | 'module';

interface WorldOptions {
  readonly seed: number;
  readonly way: Way;
  readonly units: number;
  /** In the imported file. */
  readonly triples: number;
  readonly latency: Latency;
}

/** One module and its port. */
export interface Unit {
  readonly imei: string;
  readonly port: string;
  readonly module: SimulatedModem;
}

/** A cloud behind relays, modules on TCP, and a ledger with its triples or its product. */
export class World {
  readonly folder: string;
  readonly ledger: string;
  readonly way: Way;
  readonly cloud: AliyunCloud;
  /** In front of the broker, and of the registration over HTTP. */
  readonly relays: readonly [mqtt: Relay, http: Relay];
  readonly witness: Witness;
  readonly units: readonly Unit[];

  private constructor(
    parts: Pick<World, 'folder' | 'ledger' | 'way' | 'cloud' | 'relays' | 'witness' | 'units'>,
  ) {
    this.folder = parts.folder;
    this.ledger = parts.ledger;
    this.way = parts.way;
    this.cloud = parts.cloud;
    this.relays = parts.relays;
    this.witness = parts.witness;
    this.units = parts.units;
  }

  static async start({ seed, way, units: count, triples: pool, latency }: WorldOptions): Promise<World> {
    const triples = Array.from({ length: pool }, (_, index) => tripleAt(seed, index));
    const witness = new Witness();
    for (const { deviceName, deviceSecret } of triples) witness.issue(deviceName, deviceSecret);
    const product = way === 'file' ? {} : { productSecret: PRODUCT_SECRET };
    const cloud = await startAliyunCloud({
      products: [{ productKey: PRODUCT_KEY, devices: triples, ...product }],
      seed,
      ...(way === 'module' ? { tls: tlsFiles() } : {}),
    });
    witness.watchCloud(cloud);
    if (way !== 'file') witness.issue(PRODUCT_KEY, PRODUCT_SECRET);
    const mqtt = await Relay.start(portOf(cloud.url));
    const http = await Relay.start(portOf(cloud.registration.url));
    const units: Unit[] = [];
    for (let index = 0; index < count; index += 1) {
      const imei = imeiAt(index);
      const module = await startModule(mqtt, imei, { latency, seed: (seed + index) >>> 0 });
      witness.watchModule(module, imei);
      units.push({ imei, port: module.url, module });
    }
    const folder = await temporaryFolder();
    const ledger = join(folder, 'factory.db');
    await fill(ledger, triples, way !== 'file');
    return new World({ folder, ledger, way, cloud, relays: [mqtt, http], witness, units });
  }

  async close(): Promise<void> {
    for (const { module } of this.units) await module.close();
    for (const relay of this.relays) await relay.close();
    await this.cloud.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A module whose broker is behind the relay. */
export function startModule(
  relay: Relay,
  imei: string,
  options: { readonly latency: Latency; readonly seed: number; readonly listen?: string },
): Promise<SimulatedModem> {
  const { listen = 'tcp://127.0.0.1:0', ...rest } = options;
  return SimulatedModem.start({
    ...{ broker: `mqtt://127.0.0.1:${relay.port}`, listen, identity: { imei } },
    ...rest,
  });
}

function tripleAt(seed: number, index: number): DeviceTriple {
  const random = seededRandom(seed * 1_000 + index);
  const deviceSecret = Array.from({ length: 32 }, () => Math.floor(random() * 36).toString(36)).join('');
  return {
    productKey: PRODUCT_KEY,
    deviceName: `meter-${String(index + 1).padStart(4, '0')}`,
    deviceSecret,
  };
}

async function fill(path: string, triples: readonly DeviceTriple[], registers: boolean): Promise<void> {
  const ledger = await Ledger.open(path, { create: true });
  const rows = triples.map((triple, index) => ({ line: index + 2, triple }));
  if (rows.length > 0) ledger.importTriples({ source: 'triples.csv', operator: OPERATOR }, rows);
  const product = { productKey: PRODUCT_KEY, productSecret: PRODUCT_SECRET, nameTemplate: '{imei}' };
  if (registers) ledger.setProduct(product, { operator: OPERATOR });
  ledger.close();
}

function tlsFiles(): { readonly key: Buffer; readonly cert: Buffer } {
  const read = (name: string) => readFileSync(inProject(`test/simulator/tls/${name}`));
  return { key: read('key.pem'), cert: read('cert.pem') };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
