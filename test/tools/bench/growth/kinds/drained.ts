import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../../../src/client/connect.js';
import type { OutboxOptions } from '../../../../../src/client/outbox/options.js';
import { startBroker } from '../../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../../src/simulator/simulated-modem.js';
import { type Costs, cpuEach, type Kind, numbers, UP_TO_10_000 } from '../kind.js';

const PAYLOAD = 'x'.repeat(256);

/** Published at once, and sent through a simulated module, which with its broker is in the same process. */
export const drainedMemory: Kind = {
  sizes: UP_TO_10_000,
  measure: (count) => drained(count, {}),
};

export const drainedFile: Kind = {
  sizes: UP_TO_10_000,
  measure: async (count) => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    const costs = await drained(count, { file: join(folder, 'outbox.db') });
    rmSync(folder, { recursive: true });
    return costs;
  },
};

async function drained(count: number, outbox: OutboxOptions): Promise<Costs> {
  const broker = await startBroker();
  const module = await SimulatedModem.start({ broker: broker.url, echo: false });
  const client = await connect(module.url, {
    broker: 'mqtt://broker.example',
    outbox: { maxMessages: count, ...outbox },
  });
  const costs = {
    accepted: await cpuEach(count, () =>
      Promise.all(numbers(count).map(() => client.publish('bench', PAYLOAD, { qos: 1 }).accepted)),
    ),
    sent: await cpuEach(count, () => client.drained()),
  };
  await client.end();
  await module.close();
  await broker.close();
  return costs;
}
