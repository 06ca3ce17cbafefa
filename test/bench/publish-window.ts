import { connect } from '../../src/client/connect.js';
import { startBroker } from '../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';

/** The radio's round trip in ms. */
export const ROUND_TRIP = 500;

const PAYLOAD = 'x'.repeat(256);

/** QoS 1 messages per second through a simulated module with a slow radio, for one width of the window. */
export async function publishesPerSecond(maxInflight: number, count: number): Promise<number> {
  const broker = await startBroker();
  const module = await SimulatedModem.start({ broker: broker.url, latency: { roundTrip: ROUND_TRIP } });
  const client = await connect(module.url, { broker: 'mqtt://broker.example', maxInflight });
  const start = performance.now();
  await Promise.all(Array.from({ length: count }, () => client.publish('bench', PAYLOAD, { qos: 1 })));
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  await module.close();
  await broker.close();
  return count / seconds;
}
