import { startBroker } from '../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';

/** bit/s. */
export const BAUD_RATE = 9_600;

/** `memory`: the modules and the broker are in the process of the clients; else in one of their own. */
export type Way = 'memory' | 'tcp' | 'pty';

/** So many simulated modules on one broker; gives their URLs. Pseudo-terminals are made in the folder. */
export async function startModules(count: number, over: Way, folder = ''): Promise<string[]> {
  const listen = {
    memory: () => 'memory:',
    tcp: () => 'tcp://127.0.0.1:0',
    pty: (n: number) => `pty:${folder}/${n}`,
  };
  const broker = await startBroker();
  const urls: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const module = await SimulatedModem.start({
      ...{ broker: broker.url, listen: listen[over](n), baudRate: BAUD_RATE, echo: false },
    });
    urls.push(module.url);
  }
  return urls;
}
