import { startBroker } from '../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';

/** Where a running module and its broker are. */
export interface Running {
  readonly url: string;
  readonly brokerPort: number;
  /** There is a message for whoever subscribes to it. */
  readonly retainedTopic: string;
}

const retainedTopic = 'bench/retained';
const broker = await startBroker();
const retained = { topic: retainedTopic, payload: '21.5', qos: 0, retain: true } as const;
await new Promise<void>((resolve, reject) => {
  broker.aedes.publish({ cmd: 'publish', dup: false, ...retained }, (error) =>
    error ? reject(error) : resolve(),
  );
});
const { url } = await SimulatedModem.start({ broker: broker.url, listen: 'tcp://127.0.0.1:0' });
process.send?.({ url, brokerPort: broker.port, retainedTopic } satisfies Running);
process.once('disconnect', () => process.exit());
