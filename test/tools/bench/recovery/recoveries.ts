import { connect } from '../../../../src/client/connect.js';
import { startBroker } from '../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import { delay } from '../../../../src/util/delay.js';

/** ms that the module takes by itself: to start, and to be without its port. */
const BOOT = 1_500;
const UNPLUGGED = 1_500;

/** What goes wrong, and how many ms of the recovery are the module's own. */
const LOSSES = {
  'link loss': { own: 0, lose: async (module: SimulatedModem) => module.dropBroker() },
  reboot: { own: BOOT, lose: async (module: SimulatedModem) => module.reboot() },
  'vanished port': {
    own: UNPLUGGED,
    lose: async (module: SimulatedModem) => {
      await module.unplug();
      void delay(UNPLUGGED).then(() => module.plugIn());
    },
  },
} as const;

export type Loss = keyof typeof LOSSES;

export const LOSS_NAMES = Object.keys(LOSSES) as Loss[];

/** ms. */
export interface Recovered {
  /** From the loss to the result of a message that was published in that moment. */
  readonly total: number;
  /** Of that, what the module takes by itself. */
  readonly own: number;
  /** Of the rest, the waiting before the attempts, which doubles and is spread by chance. */
  readonly waited: number;
  readonly attempts: number;
}

/** One loss and the recovery from it, with the client's defaults. */
export async function recover(loss: Loss): Promise<Recovered> {
  const { own, lose } = LOSSES[loss];
  const broker = await startBroker();
  const module = await SimulatedModem.start({ broker: broker.url, latency: { boot: BOOT } });
  const client = await connect(module.url, { broker: 'mqtt://broker.example' });
  let waited = 0;
  let attempts = 0;
  client.on('recovery', (step) => {
    waited += step.delay;
    attempts += 1;
  });
  await client.publish('bench', 'before', { qos: 1 });
  const start = performance.now();
  await lose(module);
  await client.publish('bench', 'after', { qos: 1 });
  const total = performance.now() - start;
  await client.end();
  await module.close();
  await broker.close();
  return { total, own, waited, attempts };
}
