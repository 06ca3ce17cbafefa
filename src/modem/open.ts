import type { TransportSource } from '../transport/open.js';
import { Modem } from './modem.js';
import type { ModulePortOptions } from './module-port.js';

export type OpenModemOptions = ModulePortOptions & {
  /** Gives up opening; what was half open is closed. */
  readonly signal?: AbortSignal;
};

/**
 * Opens the port (`/dev/ttyUSB0`, `COM3`, `tcp://host:port`, … see `TransportSource`) and runs the start-up. Rejects
 * with a `ModemError`: why the port cannot be opened, `NOT_RESPONDING`, `REBOOTED` for a module that restarts again and
 * again, or `ABORTED`. Nothing stays open then.
 */
export async function openModem(source: TransportSource, options: OpenModemOptions = {}): Promise<Modem> {
  const { signal, ...portOptions } = options;
  const modem = new Modem(source, portOptions);
  await modem.reopen(signal === undefined ? {} : { signal });
  return modem;
}
