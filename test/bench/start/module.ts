import { startBroker } from '../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';

/** Where a running module and its broker are. */
export interface Running {
  readonly url: string;
  readonly brokerPort: number;
}

const broker = await startBroker();
const { url } = await SimulatedModem.start({ broker: broker.url, listen: 'tcp://127.0.0.1:0' });
process.send?.({ url, brokerPort: broker.port } satisfies Running);
process.once('disconnect', () => process.exit());
