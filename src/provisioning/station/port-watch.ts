import { listPorts, type PortInfo } from '../../transport/list-ports.js';
import { delay } from '../../util/delay.js';

/** ms between two looks. */
const INTERVAL = 1_000;

/** Every serial port of this machine, also those that come while it watches. */
export class PortWatch {
  readonly #list: () => Promise<readonly Pick<PortInfo, 'path'>[]>;
  readonly #interval: number;

  /** `list` never rejects; `interval` in ms. */
  constructor(list: () => Promise<readonly Pick<PortInfo, 'path'>[]> = listPorts, interval = INTERVAL) {
    this.#list = list;
    this.#interval = interval;
  }

  /** The ports that there are now. */
  async now(): Promise<readonly string[]> {
    return (await this.#list()).map(({ path }) => path);
  }

  /** Tells each port once, when it is first seen, until the signal fires. One that vanishes is not forgotten. */
  async watch(signal: AbortSignal, found: (port: string) => void): Promise<void> {
    const known = new Set<string>();
    while (!signal.aborted) {
      for (const path of await this.now()) {
        if (known.has(path) || signal.aborted) continue;
        known.add(path);
        found(path);
      }
      await delay(this.#interval, signal);
    }
  }
}
