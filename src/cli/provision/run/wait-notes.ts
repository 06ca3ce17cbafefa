import { portName } from '../../../provisioning/station/station-port.js';
import type { PortStatus } from '../../../provisioning/station/station-types.js';

/** Why ports wait, for those who see no board: each reason once for each port, or a shift would be full of it. */
export class WaitNotes {
  readonly #told = new Set<string>();

  /** The sentence, if it has not been told. */
  newsOf(status: PortStatus): string | undefined {
    const { phase, note } = status;
    if (phase !== 'waiting' || note === undefined) return undefined;
    const news = `${portName(status)} waits for a module: ${note}`;
    if (this.#told.has(news)) return undefined;
    this.#told.add(news);
    return news;
  }
}
