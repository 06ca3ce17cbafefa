import { startBroker } from '../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import type { Flood } from './line-messages.js';

/** A simulated module on a TCP port that it tells, without a pace of its own. */
const broker = await startBroker();
const module = await SimulatedModem.start({
  ...{ broker: broker.url, echo: false, listen: 'tcp://127.0.0.1:0' },
});

process.on('message', ({ count, bytes }: Flood) => {
  for (let n = 0; n < count; n += 1) publish(Buffer.alloc(bytes, 0x80));
});
process.once('disconnect', () => process.exit());
process.send?.(module.url);

function publish(payload: Buffer): void {
  broker.aedes.publish(
    { cmd: 'publish', topic: 'bench', payload, qos: 0, retain: false, dup: false },
    () => {},
  );
}
