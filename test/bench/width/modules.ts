import { startBroker } from '../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';

/** bit/s. */
export const BAUD_RATE = 9_600;

/** So many simulated modules on one broker; gives their URLs. */
export async function startModules(count: number, over: 'memory' | 'tcp'): Promise<string[]> {
  const broker = await startBroker();
  const listen = over === 'memory' ? 'memory:' : 'tcp://127.0.0.1:0';
  const urls: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const module = await SimulatedModem.start({
      ...{ broker: broker.url, listen, baudRate: BAUD_RATE, echo: false },
    });
    urls.push(module.url);
  }
  return urls;
}
