import type { Client } from '../../../../../src/client/client.js';
import { connect } from '../../../../../src/client/connect.js';
import { startBroker } from '../../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../../src/simulator/simulated-modem.js';
import { delay } from '../../../../../src/util/delay.js';
import { cpuEach, type Kind, numbers } from '../kind.js';

/** s in which nothing is sent. */
const IDLE = 1;

/** With a client and a simulated module for each, and one broker, in one process. */
export const modulesAtOnce: Kind = {
  sizes: [8, 32, 128],
  measure: async (count) => {
    const broker = await startBroker();
    const modules = await Promise.all(
      numbers(count).map(() => SimulatedModem.start({ broker: broker.url, echo: false })),
    );
    const clients: Client[] = [];
    const connected = await cpuEach(count, async () => {
      const opened = modules.map(({ url }) => connect(url, { broker: 'mqtt://broker.example' }));
      clients.push(...(await Promise.all(opened)));
    });
    const idle = await cpuEach(count * IDLE, () => delay(IDLE * 1000));
    await Promise.all(clients.map((client) => client.end()));
    await Promise.all(modules.map((module) => module.close()));
    await broker.close();
    return { connected, 'idle, for each second': idle };
  },
};
