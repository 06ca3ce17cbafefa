import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { imeiAt } from '../../../src/cli/sim/modules.js';
import { connect } from '../../../src/client/connect.js';
import { startAliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { formatTrace } from '../../../src/transport/trace.js';
import { aBroker, aFolder, aModule, BROKER } from '../../examples/far-side.js';
import { PRODUCT_KEY } from '../../provisioning/ledger/ledger-fixture.js';
import type { Command } from '../shell-lines.js';
import { CSV, keptLedger, SECRET_MARK, TRIPLES } from './books.js';

/** The machine of a reader: files, broker or cloud, and modules in place of the serial ports. */
export interface Sandbox {
  readonly folder: string;
  readonly modules: readonly SimulatedModem[];
  /** The word with ports, hosts and paths as they are here. */
  readonly here: (word: string) => string;
}

/** Ports of the README's `4000` to `4009`, below those that systems give out by themselves. */
const tens = () => 1100 + Math.floor(Math.random() * 2000);

async function aBrokerFor(script: string): Promise<string> {
  if (!/ --region | provision run /.test(script)) return (await aBroker()).url;
  const cloud = await startAliyunCloud({ products: [{ productKey: PRODUCT_KEY, devices: TRIPLES }] });
  onTestFinished(() => cloud.close());
  return cloud.url;
}

/** Files that the commands read, as other commands leave them. */
async function fillFolder(folder: string, script: string): Promise<void> {
  writeFileSync(join(folder, 'triples.csv'), CSV);
  writeFileSync(join(folder, 'secret.txt'), `${SECRET_MARK}Product\n`, { mode: 0o600 });
  const module = await aModule((await aBroker()).url);
  const lines: string[] = [];
  const client = await connect(module.url, {
    ...{ broker: BROKER, clientId: 'meter-7', outbox: { file: join(folder, 'outbox.db') } },
    trace: (entry) => lines.push(formatTrace(entry)),
  });
  await client.publish('up/meter-7', '21.5', { qos: 1 });
  await client.end();
  for (const name of ['bug.trace', 'gateway.trace'])
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  // Whoever imports, or sets up a product, begins a ledger.
  if (/ (?:import|product) /.test(script)) return;
  const kept = await keptLedger(folder);
  for (const name of ['factory.db', 'line.db', 'try.db']) copyFileSync(kept, join(folder, name));
}

/** Closed at the end of the test. */
export async function aSandbox(commands: readonly Command[]): Promise<Sandbox> {
  const script = commands.map(({ words }) => `${words.join(' ')}\n`).join('');
  const folder = await aFolder();
  await fillFolder(folder, script);
  const broker = await aBrokerFor(script);
  // A station meets modules that its ledger does not know yet.
  const first = /provision run/.test(script) ? 10 : 0;
  const modules = await Promise.all(
    [0, 1].map((index) => aModule(broker, { identity: { imei: imeiAt(first + index) } })),
  );
  const decade = tens();
  const here = (word: string) =>
    word
      .replace(/^\/dev\/ttyUSB([01])$/, (_all, index) => modules[Number(index)]?.url ?? '')
      .replace(/(?<==)\/dev\/serial\/by-path\/\S*-usb-0:([12]):1\.0-port0$/, (_all, socket) => {
        return modules[Number(socket) - 1]?.url ?? '';
      })
      .replace(/\b400(?=\d\b)/, () => String(decade))
      .replace('mqtt://broker.example', broker)
      .replace('/srv/factory/', `${folder}/`);
  return { folder, modules, here };
}
