import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { expect } from 'vitest';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { Station } from '../../../src/provisioning/station/station.js';
import type { StationOptions } from '../../../src/provisioning/station/station-options.js';
import type { UnitResult } from '../../../src/provisioning/station/station-types.js';
import { type AliyunCloud, startAliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModemOptions } from '../../../src/simulator/options.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { formatTrace, type TraceEntry } from '../../../src/transport/trace.js';
import { checkBooks, checkHeard } from './books-check.js';
import { StationRun } from './station-run.js';

export const PRODUCT_KEY = 'a1X2bEnP82z';
export const PRODUCT_SECRET = '7jluWm1zql7bt8qK';
const OPERATOR = 'anna';

/** IMEIs with a right check digit. */
export const IMEI_A = '861326070275653';
export const IMEI_B = '861326070275661';

let names = 0;

export interface BenchOptions {
  /** Triples in the pool, which the cloud knows; default 4. */
  readonly triples?: number;
  /** Dynamic registration in place of the pool. */
  readonly registration?: boolean;
  /** Key and certificate of the cloud. */
  readonly tls?: TlsOptions;
}

/** A simulated cloud, a ledger with triples, and ports for simulated modules. */
export class Bench {
  readonly cloud: AliyunCloud;
  readonly ledger: Ledger;
  readonly triples: readonly DeviceTriple[];
  readonly #folder: string;
  readonly #runs: StationRun[] = [];
  readonly #modules = new Set<SimulatedModem>();
  /** What modules were told to be. */
  readonly #heard: { readonly deviceName: string; readonly imei: string }[] = [];
  readonly #trace: TraceEntry[] = [];

  private constructor(cloud: AliyunCloud, ledger: Ledger, triples: readonly DeviceTriple[], folder: string) {
    this.cloud = cloud;
    this.ledger = ledger;
    this.triples = triples;
    this.#folder = folder;
  }

  static async start({ triples: count = 4, registration = false, tls }: BenchOptions = {}): Promise<Bench> {
    const triples = Array.from({ length: registration ? 0 : count }, (_, index) => ({
      productKey: PRODUCT_KEY,
      deviceName: `meter-${index + 1}`,
      deviceSecret: `secretOfMeter${index + 1}xxxxxxxxxxxxxxxxxxxx`.slice(0, 32),
    }));
    const cloud = await startAliyunCloud({
      products: [
        {
          productKey: PRODUCT_KEY,
          devices: triples,
          ...(registration ? { productSecret: PRODUCT_SECRET } : {}),
        },
      ],
      ...(tls === undefined ? {} : { tls }),
    });
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-station-'));
    const ledger = await Ledger.open(join(folder, 'ledger'), { create: true });
    const rows = triples.map((triple, index) => ({ line: index + 2, triple }));
    if (rows.length > 0) ledger.importTriples({ source: 'triples.csv', operator: OPERATOR }, rows);
    const product = { productKey: PRODUCT_KEY, productSecret: PRODUCT_SECRET, nameTemplate: '{imei}' };
    if (registration) ledger.setProduct(product, { operator: OPERATOR });
    return new Bench(cloud, ledger, triples, folder);
  }

  /** The name of a port that nobody serves yet. */
  port(): string {
    names += 1;
    return `memory:station-port-${process.pid}-${names}`;
  }

  /** Puts a module on the port. */
  async put(port: string, options: SimulatedModemOptions = {}): Promise<SimulatedModem> {
    const module = await SimulatedModem.start({ broker: this.cloud.url, listen: port, ...options });
    this.#modules.add(module);
    const { imei = IMEI_A } = options.identity ?? {};
    module.on('command', (line) => {
      const deviceName = /"aliauth",0,"[^"]*","([^"]+)"/.exec(line)?.[1];
      if (deviceName !== undefined) this.#heard.push({ deviceName, imei });
    });
    return module;
  }

  /** A station at these ports. */
  station(ports: readonly string[], options: Partial<StationOptions> = {}): Station {
    return new Station({
      ledger: this.ledger,
      station: 'bench-1',
      operator: OPERATOR,
      ports,
      login: { region: 'cn-shanghai' },
      registration: { url: this.cloud.registration.url },
      tries: 1,
      networkTimeout: 1_000,
      connectTimeout: 5_000,
      proofTimeout: 2_000,
      registrationTimeout: 2_000,
      pollInterval: 10,
      retryPause: 10,
      modem: { startTimeout: 1_000, trace: (entry) => this.#trace.push(entry) },
      ...options,
    });
  }

  /** Such a station, running until the test is over. */
  run(ports: readonly string[], options: Partial<StationOptions> = {}): StationRun {
    const run = new StationRun(this.station(ports, options));
    this.#runs.push(run);
    return run;
  }

  /** The result of a station that has ended: another one may take its name. */
  async runOnce(ports: readonly string[], options: Partial<StationOptions> = {}): Promise<UnitResult> {
    const run = this.run(ports, { once: true, ...options });
    const result = await run.result();
    await run.ended;
    return result;
  }

  /** Every secret that must show up nowhere. */
  get secrets(): readonly string[] {
    const known = this.cloud.registry.devices.flatMap(({ deviceSecret }) => deviceSecret ?? []);
    return [...this.triples.map(({ deviceSecret }) => deviceSecret), ...known, PRODUCT_SECRET];
  }

  /** Stops everything, then checks what was told and what stands in the ledger. */
  async stop(): Promise<void> {
    for (const run of this.#runs) await run.stop();
    for (const module of this.#modules) await module.close();
    await this.cloud.close();
    try {
      checkBooks(this.ledger, this.secrets);
      checkHeard(this.#heard);
      for (const run of this.#runs) run.checkSilence(this.secrets);
      const traffic = this.#trace.map(formatTrace).join('\n');
      if (this.#trace.length > 0) expect(traffic).toContain('AT');
      for (const secret of this.secrets) expect(traffic).not.toContain(secret);
    } finally {
      this.ledger.close();
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}
